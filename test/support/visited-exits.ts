import type { BranchStep, ChooseStep, DialogDefinition, Step } from '../../src/core/dialog.ts';

/** The dialogs as they are, and a list that fills with `dialog.step -> exit` of every branch and choice taken. */
export function watchExits(dialogs: readonly DialogDefinition[]): {
  readonly watched: readonly DialogDefinition[];
  readonly visited: ReadonlySet<string>;
} {
  const visited = new Set<string>();
  const watched = dialogs.map((dialog) => ({
    ...dialog,
    steps: Object.fromEntries(
      Object.entries(dialog.steps).map(([name, step]) => [
        name,
        watch(step, `${dialog.id}.${name}`, visited),
      ]),
    ),
  }));
  return { watched, visited };
}

/** Every exit there is, in the same form. */
export function allExits(dialogs: readonly DialogDefinition[]): readonly string[] {
  return dialogs.flatMap((dialog) =>
    Object.entries(dialog.steps).flatMap(([name, step]) => {
      if (step.kind === 'branch') return step.exits.map((exit) => `${dialog.id}.${name} -> ${exit}`);
      if (step.kind === 'choose')
        return Object.keys(step.exits).map((value) => `${dialog.id}.${name} -> ${value}`);
      return [];
    }),
  );
}

function watch(step: Step, place: string, visited: Set<string>): Step {
  if (step.kind === 'branch') return watchBranch(step, place, visited);
  return step.kind === 'choose' ? watchChoice(step, place, visited) : step;
}

function watchBranch(step: BranchStep, place: string, visited: Set<string>): BranchStep {
  const choose: BranchStep['choose'] = (values, context) => {
    const exit = step.choose(values, context);
    visited.add(`${place} -> ${exit}`);
    return exit;
  };
  return { ...step, choose };
}

function watchChoice(step: ChooseStep, place: string, visited: Set<string>): ChooseStep {
  const exits = new Proxy(step.exits, {
    get: (target, value) => {
      const exit = target[String(value)];
      if (exit !== undefined) visited.add(`${place} -> ${String(value)}`);
      return exit;
    },
  });
  return { ...step, exits };
}
