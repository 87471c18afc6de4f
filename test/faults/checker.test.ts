import { describe, expect, test } from '@jest/globals';
import { judge, type Acknowledged, type Send } from './checker.ts';

const acknowledged: readonly Acknowledged[] = [
  { person: 'ana', place: 0, topic: 'cocina' },
  { person: 'ana', place: 1, topic: 'soldadura' },
  { person: 'luis', place: 0, topic: 'costura' },
];
const sends: readonly Send[] = [
  { person: 'ana', tag: 'a1', text: 'Cursos de cocina' },
  { person: 'luis', tag: 'l1', text: 'Cursos de costura' },
  { person: 'ana', tag: 'a2', text: 'Cursos de soldadura' },
];
const clean = { lost: 0, doubled: 0, reordered: 0, repeated: 0, repeatedAgain: 0 };

describe('the checker of the fault runs', () => {
  test('finds nothing where everything went as promised', () => {
    expect(judge(acknowledged, sends)).toEqual({ ...clean, examples: [] });
  });

  test('finds a planted loss', () => {
    expect(judge(acknowledged, sends.slice(0, 2))).toMatchObject({ ...clean, lost: 1 });
  });

  test('finds a planted second effect', () => {
    const extra = { person: 'luis', tag: 'l2', text: 'Cursos de costura' };
    expect(judge(acknowledged, [...sends, extra])).toMatchObject({ ...clean, doubled: 1 });
  });

  test('finds two answers in the wrong order', () => {
    const [first, second, third] = sends;
    expect(judge(acknowledged, [third!, first!, second!])).toMatchObject({ ...clean, reordered: 2 });
  });

  test('finds an answer that went to somebody else', () => {
    const [first, second, third] = sends;
    const strayed = { ...second!, person: 'ana' };
    expect(judge(acknowledged, [first!, strayed, third!])).toMatchObject({
      lost: 1,
      doubled: 1,
      reordered: 1,
    });
  });

  test('tells one repeat from several', () => {
    const again = { person: 'ana', tag: 'a1', text: 'Cursos de cocina' };
    expect(judge(acknowledged, [...sends, again])).toMatchObject({ ...clean, repeated: 1 });
    expect(judge(acknowledged, [...sends, again, again])).toMatchObject({ repeated: 1, repeatedAgain: 1 });
  });
});
