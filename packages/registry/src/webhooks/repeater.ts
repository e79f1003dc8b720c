/** A job that is done when it is asked for, and once more when it was asked for meanwhile; never twice at a time. */
export interface Repeater {
  ask(): void;
  /** Whether somebody asked since the job began. */
  isAskedAgain(): boolean;
  /** The job that is under way, if there is one. */
  running(): Promise<void> | undefined;
}

export function openRepeater(
  job: () => Promise<void>,
  onError: (error: unknown) => void,
): Repeater {
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  const begin = (): void => {
    isAskedAgain = false;
    running = job()
      .catch(onError)
      .finally(() => {
        running = undefined;
        if (isAskedAgain) begin();
      });
  };
  return {
    ask() {
      if (running) isAskedAgain = true;
      else begin();
    },
    isAskedAgain: () => isAskedAgain,
    running: () => running,
  };
}
