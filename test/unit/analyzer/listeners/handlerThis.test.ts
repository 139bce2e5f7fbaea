/** A handler that takes another one off the object on which it is called. */
import { samples } from '../expectLeaks';

const drag = (end: string, mark = ' // leak listener/emitter-on'): string => `function move(event) {
  console.log(event.pageX);
}
$('.stick').on('mousedown', function () {
  $(window).on('mousemove', { stick: 1 }, move);${mark}
});
${end}`;
const off = "$(this).off('mousemove', move);";

samples(
  'a removal from `this`',
  [
    { name: 'of nothing', code: drag('') },
    { name: 'of another object', code: drag(`$('.stick').mouseup(function () { ${off} });`) },
    { name: 'of a part', code: drag(`$(window).on('mouseup', '.stick', function () { ${off} });`) },
    { name: 'of each of many', code: drag(`$(window).each(function () { ${off} });`) },
  ],
  [
    { name: 'of its receiver', code: drag(`$(window).mouseup(function () { ${off} });`, '') },
    {
      name: 'of its receiver, with the event by name',
      code: drag(`$(window).on('mouseup', function () { ${off} });`, ''),
    },
  ],
);
