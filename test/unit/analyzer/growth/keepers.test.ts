import { samples } from '../expectLeaks';

const effect = (added: string, cleanUp: string): string => `import { useEffect } from 'react';
import { radio } from './radio';
export function Screen({ channel, show }) {
  useEffect(() => {
    const onSong = (song) => show(channel, song);
    const onNews = (news) => show(channel, news);
    radio.addSongHandler(onSong);
    ${added}
    ${cleanUp}
  }, [channel, show]);
  return <p>{channel}</p>;
}`;

const context = (cleanUp: string, end: string): string => `import { createContext, useContext, useEffect } from 'react';
interface Steps {
  addStep(name: string, step: { focus: () => void }): void;
  ${end}
}
const StepsContext = createContext<Steps | null>(null);
export function useStep(name: string, focusOn: (name: string) => void) {
  const steps = useContext(StepsContext);
  useEffect(() => {
    steps?.addStep(name, { focus: () => focusOn(name) });
    ${cleanUp}
  }, [steps, name, focusOn]);
}`;

samples(
  'What an effect gives away and forgets to take back',
  [
    {
      name: 'one of two that its clean-up forgets',
      code: effect(
        'radio.addNewsHandler(onNews); // leak cache/kept-by-registry',
        'return () => { radio.removeSongHandler(onSong); };',
      ),
    },
    {
      name: 'a context of which the file says how it is taken back',
      path: 'src/steps.tsx',
      code: context('', 'removeStep(name: string): void;').replace(
        'focusOn(name) });',
        'focusOn(name) }); // leak cache/kept-by-registry',
      ),
    },
  ],
  [
    {
      name: 'a context that knows no end',
      path: 'src/steps.tsx',
      code: context('', ''),
    },
    {
      name: 'a context whose end is called',
      path: 'src/steps.tsx',
      code: context('return () => steps?.removeStep(name);', 'removeStep(name: string): void;'),
    },
    {
      name: 'both are taken back',
      code: effect(
        'radio.addNewsHandler(onNews);',
        'return () => { radio.removeSongHandler(onSong); radio.removeNewsHandler(onNews); };',
      ),
    },
    {
      name: 'an effect without a clean-up: the object may let it go by itself',
      code: effect('radio.addNewsHandler(onNews);', ''),
    },
    {
      name: 'the other one is kept under a fixed name, and the next one takes its place',
      code: effect("radio.setNewsHandler('news', onNews);", 'return () => { radio.removeSongHandler(onSong); };'),
    },
    {
      name: 'a clean-up that ends the whole',
      code: effect(
        'radio.addNewsHandler(onNews);',
        'return () => { radio.removeSongHandler(onSong); radio.close(); };',
      ),
    },
    {
      name: 'the other one is taken back somewhere else',
      code: `${effect('radio.addNewsHandler(onNews);', 'return () => { radio.removeSongHandler(onSong); };')}
export const mute = (handler) => radio.removeNewsHandler(handler);`,
    },
  ],
);
