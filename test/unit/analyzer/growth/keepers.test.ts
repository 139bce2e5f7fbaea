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
  ],
  [
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
