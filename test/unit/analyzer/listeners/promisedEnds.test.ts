import { samples } from '../expectLeaks';

const effect = (body: string): string => `import { useEffect } from 'react';
import { listen } from '@tauri-apps/api/event';
import { App } from '@capacitor/app';
export function Files({ folder, told }) {
  useEffect(() => {
    ${body}
  }, [folder]);
  return <p />;
}`;
const mark = ' // leak listener/subscription-dropped';

samples(
  'ends of what a promise gives',
  [
    {
      name: 'a function that is only looked at',
      path: 'src/Files.tsx',
      code: effect(
        `const off = listen('moved', told);${mark}\n    return () => { off.then((one) => { one.toString(); }); };`,
      ),
    },
    {
      name: 'a subscription that is kept and not ended',
      path: 'src/Files.tsx',
      code: effect(
        `let kept;\n    App.addListener('moved', told).then((one) => { kept = one; });${mark}\n    return () => { kept = undefined; };`,
      ),
    },
    {
      name: 'one that is only written down',
      path: 'src/Files.tsx',
      code: effect(`App.addListener('moved', told).then((one) => console.log(one));${mark}`),
    },
    {
      name: 'one of which only the failure is handled',
      path: 'src/Files.tsx',
      code: effect(`App.addListener('moved', told).then(undefined, told.failed);${mark}`),
    },
    {
      name: 'one that nobody is given',
      path: 'src/Files.tsx',
      code: effect(`App.addListener('moved', told).then(() => console.log('listening'));${mark}`),
    },
  ],
  [
    {
      name: 'a function that is called',
      path: 'src/Files.tsx',
      code: effect("const off = listen('moved', told);\n    return () => { off.then((one) => one()); };"),
    },
    {
      name: 'a method that is called',
      path: 'src/Files.tsx',
      code: effect("const kept = App.addListener('moved', told);\n    return () => kept.then((one) => one.remove());"),
    },
    {
      name: 'what is waited for and called',
      path: 'src/Files.tsx',
      code: effect("const off = listen('moved', told);\n    return async () => (await off)();"),
    },
    {
      name: 'what is waited for and ended',
      path: 'src/Files.tsx',
      code: effect("const kept = App.addListener('moved', told);\n    return async () => { (await kept).remove(); };"),
    },
    {
      name: 'what is kept when it comes',
      path: 'src/Files.tsx',
      code: effect(
        "let kept;\n    App.addListener('moved', told).then((one) => { kept = one; });\n    return () => { kept?.remove(); };",
      ),
    },
  ],
);
