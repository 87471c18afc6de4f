import type { Frame } from './activities.ts';
import type { Follow } from './follow.ts';
import { createLogReader } from './log-reader.ts';
import type { Outbox } from './outbox.ts';
import type { StatusLine } from './status-line.ts';
import type { Transcript } from './transcript.ts';

/** Brings a frame of the log to all parts of the page that follow it. */
export function createIntake(parts: {
  readonly transcript: Transcript;
  readonly outbox: Outbox;
  readonly status: StatusLine;
  readonly follow: Follow;
}): (frame: Frame) => void {
  const { transcript, outbox, status, follow } = parts;
  const read = createLogReader();
  return (frame) => {
    const wasAtEnd = follow.isAtEnd();
    const { isErased, activities } = read(frame);
    if (isErased) {
      transcript.clear();
      transcript.note((words) => words.cleared);
    }
    let added = 0;
    for (const activity of activities) {
      outbox.arrived(activity.clientId);
      status.heard(activity);
      if (transcript.show(activity)) added += 1;
    }
    if (wasAtEnd) follow.toEnd(added > 0 ? transcript.newest() : undefined);
    else if (added > 0) follow.missed(added);
  };
}
