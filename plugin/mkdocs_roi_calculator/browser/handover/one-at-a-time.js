// What is asked for at every key, and may take longer than from one key to the next.

/**
 * Has work done whenever it is asked for, one at a time: what is asked for meanwhile is done once, as
 * soon as that is done.
 * @param {() => Promise<void>} work
 * @returns {() => Promise<void>} asks for it; settled when what was asked for last is done
 */
export function oneAtATime(work) {
  /** @type {Promise<void> | undefined} */
  let working;
  let isAskedAgain = false;
  const workOn = async () => {
    try {
      while (isAskedAgain) {
        isAskedAgain = false;
        await work();
      }
    } finally {
      working = undefined;
    }
  };
  return () => {
    isAskedAgain = true;
    working ??= workOn();
    return working;
  };
}
