import { samples } from '../expectLeaks';

samples(
  'entries that a render puts in and only an effect takes out',
  [
    {
      name: 'a Map under the id of a hook',
      code: `import { useEffect, useId, useState } from 'react';
const updates = new Map<string, (value: string) => void>();
export function useShared() {
  const id = useId();
  const [, setValue] = useState('');
  updates.set(id, setValue); // leak cache/entry-left-after-completion
  useEffect(() => () => { updates.delete(id); }, [id]);
  return id;
}`,
    },
    {
      name: 'a list, in a component, in a memo',
      code: `import * as React from 'react';
let stack: object[] = [];
export function Overlay({ children }: { children: React.ReactNode }) {
  const layer = React.useMemo(() => {
    const made = {};
    stack.push(made); // leak cache/entry-left-after-completion
    return made;
  }, []);
  React.useLayoutEffect(() => {
    return () => { stack = stack.filter((one) => one !== layer); };
  }, [layer]);
  return <div>{children}</div>;
}`,
    },
    {
      name: 'a record, a condition, a clean-up that has a name',
      code: `import { useLayoutEffect, useRef } from 'react';
const rows = {};
export const useRow = (key) => {
  const row = useRef(null);
  if (!rows[key]) rows[key] = { row }; // leak cache/entry-left-after-completion
  useLayoutEffect(() => {
    const leave = () => { delete rows[key]; };
    return leave;
  }, [key]);
  return row;
};`,
    },
  ],
  [
    {
      name: 'put in by the effect',
      code: `import { useEffect, useId, useState } from 'react';
const updates = new Map<string, (value: string) => void>();
export function useShared() {
  const id = useId();
  const [, setValue] = useState('');
  useEffect(() => {
    updates.set(id, setValue);
    return () => { updates.delete(id); };
  }, [id]);
  return id;
}`,
    },
    {
      name: 'taken out by a registry of what is gone, too',
      code: `import { useEffect, useId, useRef } from 'react';
const holders = new Map<string, object>();
const gone = new FinalizationRegistry<string>((id) => { holders.delete(id); });
export function useHolder() {
  const id = useId();
  const token = useRef({});
  gone.register(token, id);
  holders.set(id, {});
  useEffect(() => () => { holders.delete(id); }, [id]);
  return id;
}`,
    },
    {
      name: 'put in by a handler',
      code: `import { useEffect, useCallback } from 'react';
const dragged = new Set<string>();
export function useDrag(id: string) {
  const start = useCallback(() => { dragged.add(id); }, [id]);
  useEffect(() => () => { dragged.delete(id); }, [id]);
  return start;
}`,
    },
  ],
);
