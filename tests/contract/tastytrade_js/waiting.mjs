// Waiting for facts, not for time.

/** Far more than any machine needs: what has not come by then does not come. */
const patienceMs = 60_000

export function within(promise, what) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${patienceMs / 1000} s for ${what}`)), patienceMs)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Keeps what comes, and lets one wait for the first that fits: also for one that has come already. */
export class Inbox {
  #items = []
  #waiting = new Set()

  put(item) {
    this.#items.push(item)
    for (const waiter of this.#waiting) {
      if (waiter.fits(item)) {
        this.#waiting.delete(waiter)
        waiter.resolve(item)
      }
    }
  }

  first(what, fits) {
    const there = this.#items.find(fits)
    if (there !== undefined) return Promise.resolve(there)
    return within(new Promise((resolve) => this.#waiting.add({ fits, resolve })), what)
  }

  all(fits) {
    return this.#items.filter(fits)
  }
}
