/** Memory for bodies, shared by all requests. */
export interface ByteBudget {
  /** Waits until so many bytes are free, first come, first served; what is larger than all gets all. Answers how to give them back. */
  take(bytes: number): Promise<() => void>;
}

export function byteBudget(total: number): ByteBudget {
  let free = total;
  const waiting: { readonly wanted: number; readonly grant: () => void }[] = [];

  const serve = (): void => {
    for (let next = waiting[0]; next && next.wanted <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.wanted;
      next.grant();
    }
  };
  return {
    async take(bytes) {
      const wanted = Math.min(bytes, total);
      await new Promise<void>((grant) => {
        waiting.push({ wanted, grant });
        serve();
      });
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        free += wanted;
        serve();
      };
    },
  };
}
