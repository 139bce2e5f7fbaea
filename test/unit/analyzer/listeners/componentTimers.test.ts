import { samples } from '../expectLeaks';

const klass = (armed: string, more = '') => `import React from 'react';
export class Field extends React.Component<any, any> {
  private timer: any;
  ${more}
  onBlur = () => {
    ${armed}
    this.props.onBlur();
  };
  render() { return <input onBlur={this.onBlur} />; }
}`;

samples(
  'Timers of components',
  [
    {
      name: 'one that changes the state later, and whose handle is dropped',
      path: 'src/Field.tsx',
      code: klass('setTimeout(() => { this.setState({ focus: false }); }, 600); // leak listener/timeout-in-effect'),
    },
    {
      name: 'one that closing clears, in a component without a hook for its end',
      path: 'src/Note.jsx',
      code: `import React from 'react';
export class Note extends React.Component {
  componentDidMount() { this.arm(); }
  arm() {
    this.timeout = setTimeout(() => this.close(), this.props.life || 3000); // leak listener/timeout-in-effect
  }
  close() {
    if (this.timeout) clearTimeout(this.timeout);
    this.props.onClose();
  }
  render() { return <p onClick={() => this.close()} />; }
}`,
    },
    {
      name: 'one of a hook, of a delay that is given',
      path: 'src/useCopy.ts',
      code: `import { useCallback, useState } from 'react';
export const useCopy = (shownFor: number) => {
  const [copied, setCopied] = useState(false);
  const copy = useCallback(async (text: string) => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), shownFor); // leak listener/timeout-in-effect
  }, [shownFor]);
  return { copied, copy };
};`,
    },
  ],
  [
    {
      name: 'one that the end of the component clears',
      path: 'src/Field.tsx',
      code: klass(
        'this.timer = setTimeout(() => { this.setState({ focus: false }); }, 600);',
        'componentWillUnmount() { clearTimeout(this.timer); }',
      ),
    },
    {
      name: 'one that asks whether it is too late',
      path: 'src/Field.tsx',
      code: klass(
        'setTimeout(() => { if (this.gone) return; this.setState({ focus: false }); }, 600);',
        'private gone = false; componentWillUnmount() { this.gone = true; }',
      ),
    },
    {
      name: 'one that is over soon',
      path: 'src/Field.tsx',
      code: klass('setTimeout(() => { this.setState({ focus: false }); }, 50);'),
    },
    {
      name: 'one that closes what is around the component, too',
      path: 'src/Menu.tsx',
      code: `import { useState } from 'react';
import { closeMs } from './style';
export function Menu({ onDismiss }: any) {
  const [name, setName] = useState('');
  const close = () => { setTimeout(() => { setName(''); onDismiss(); }, closeMs); };
  return <p onClick={close}>{name}</p>;
}`,
    },
  ],
);

const area = (end: string) => `import { useEffect, useState } from 'react';
export function Bars({ area, delay }: any) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    let hiding = 0;
    const enter = () => { window.clearTimeout(hiding); setShown(true); };
    const leave = () => { hiding = window.setTimeout(() => setShown(false), delay); };
    area.addEventListener('pointerenter', enter);
    area.addEventListener('pointerleave', leave);
    ${end}
  }, [area, delay]);
  return shown ? <p /> : null;
}`;
const removal = "area.removeEventListener('pointerenter', enter); area.removeEventListener('pointerleave', leave);";
const armed = 'window.setTimeout(() => setShown(false), delay); };';

samples(
  'Timers that a clean-up leaves',
  [
    {
      name: 'cleared by a handler, and not by the clean-up that takes the handlers off',
      path: 'src/Bars.tsx',
      code: area(`return () => { ${removal} };`).replace(armed, `${armed} // leak listener/timeout-in-effect`),
    },
    {
      name: 'a function that gives how to end it',
      code: `export function watch(area: any, hide: () => void, ms: number) {
  let hiding: any;
  const enter = () => clearTimeout(hiding);
  const leave = () => { hiding = setTimeout(() => { hide(); }, ms); }; // leak listener/timeout-in-effect
  area.on('enter', enter);
  area.on('leave', leave);
  return () => { area.off('enter', enter); area.off('leave', leave); };
}`,
    },
  ],
  [
    {
      name: 'cleared by the clean-up',
      path: 'src/Bars.tsx',
      code: area(`return () => { window.clearTimeout(hiding); ${removal} };`),
    },
    {
      name: 'cleared by a handler that the clean-up runs',
      path: 'src/Bars.tsx',
      code: area(`return () => { enter(); ${removal} };`),
    },
    {
      name: 'a service that goes on',
      code: `export function service(socket: any, ms: number) {
  let again: any;
  const open = () => clearTimeout(again);
  const lost = () => { again = setTimeout(() => { socket.connect(); }, ms); };
  socket.on('open', open);
  socket.on('lost', lost);
  return { open, disconnect: () => { socket.end(); } };
}`,
    },
  ],
);
