import { samples } from '../expectLeaks';

samples(
  'listener/store-subscribe-in-effect',
  [
    {
      name: 'an effect that returns the second subscription only',
      code: `import { useEffect } from 'react';\nexport function useGroup(form, group, update) {\n  useEffect(() => {\n    group.subscribe('a', () => update()); // leak listener/store-subscribe-in-effect\n    const unsubscribe = form.subscribe(() => update(), { errors: true });\n    return unsubscribe;\n  }, [form, group, update]);\n}`,
    },
    {
      name: 'a clean-up that calls one of two',
      code: `import { useEffect } from 'react';\nexport function useRoom(db, room, set) {\n  useEffect(() => {\n    const stop = db.messages(room).onSnapshot((messages) => set({ messages }));\n    db.members(room).onSnapshot((members) => set({ members })); // leak listener/store-subscribe-in-effect\n    return () => {\n      stop();\n    };\n  }, [db, room, set]);\n}`,
    },
    {
      name: 'a layout effect with subscriptions as objects',
      path: 'src/View.jsx',
      code: `import { useLayoutEffect } from 'react';\nexport function useView(model, layout, render) {\n  useLayoutEffect(() => {\n    const subscription = model.changes.subscribe(render);\n    layout.changes.subscribe(render); // leak listener/store-subscribe-in-effect\n    return () => subscription.unsubscribe();\n  }, [model, layout, render]);\n}`,
    },
  ],
  [
    {
      name: 'both are ended',
      code: `import { useEffect } from 'react';\nexport function useGroup(form, group, update) { useEffect(() => { const a = group.subscribe(update); const b = form.subscribe(update); return () => { a(); b(); }; }, [form, group, update]); }`,
    },
    {
      name: 'another method, whose result may mean nothing',
      code: `import { useEffect } from 'react';\nexport function useGroup(form, group, update) { useEffect(() => { group.refresh(update); return form.subscribe(update); }, [form, group, update]); }`,
    },
    {
      name: 'none is ended: nothing tells what the method gives',
      code: `import { useEffect } from 'react';\nexport function useGroup(form, group, update) { useEffect(() => { group.subscribe(update); form.subscribe(update); }, [form, group, update]); }`,
    },
    {
      name: 'no effect',
      code: `export function wire(form, group, update) { group.subscribe(update); return form.subscribe(update); }`,
    },
  ],
);
