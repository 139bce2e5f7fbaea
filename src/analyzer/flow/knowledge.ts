/** What a path knows of conditions. Equal knowledge is one object, so that paths are compared by its number and not by its content. */
export interface Knowledge {
  readonly id: number;
  readonly answers: ReadonlyMap<string, boolean>;
}

/** All knowledge that comes up on the paths of one resource. */
export interface KnowledgeBase {
  readonly nothing: Knowledge;
  /** With other answers: undefined forgets one. */
  readonly with: (before: Knowledge, changes: Iterable<readonly [string, boolean | undefined]>) => Knowledge;
}

export function createKnowledgeBase(): KnowledgeBase {
  const byContent = new Map<string, Knowledge>();
  const of = (answers: ReadonlyMap<string, boolean>): Knowledge => {
    const content = [...answers]
      .map(([key, yes]) => `${key}=${yes ? 1 : 0}`)
      .sort()
      .join(';');
    let known = byContent.get(content);
    if (!known) {
      known = { id: byContent.size, answers };
      byContent.set(content, known);
    }
    return known;
  };
  return {
    nothing: of(new Map()),
    with: (before, changes) => {
      let answers: Map<string, boolean> | undefined;
      for (const [key, answer] of changes) {
        if ((answers ?? before.answers).get(key) === answer) continue;
        answers ??= new Map(before.answers);
        if (answer === undefined) answers.delete(key);
        else answers.set(key, answer);
      }
      return answers ? of(answers) : before;
    },
  };
}
