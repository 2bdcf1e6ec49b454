// The simulated exchange as a process, and waiting for what it brings.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Far more than any machine needs: what has not come by then does not come. */
const patienceMs = 60_000

export function within(promise, what) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${patienceMs / 1000} s for ${what}`)), patienceMs)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Starts it; the first line it prints says where it is and what lets a client in. */
export async function startVenue(program, ...options) {
  const child = spawn(program, ['venue', '--port', '0', '--exit-with-parent', ...options], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  const lines = createInterface({ input: child.stdout })
  const first = new Promise((resolve, reject) => {
    lines.once('line', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the venue ended with ${code}`)))
  })
  const ready = JSON.parse(await within(first, 'the venue'))
  return {
    ready,
    async stop() {
      child.stdin.end() // it ends with its parent, and so with its input
      await within(ended, 'the end of the venue')
    }
  }
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
