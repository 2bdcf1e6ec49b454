// Starts the simulated exchange, once plain and once with TLS, and the contract against it: node run.mjs VEGADESK_CLI
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { within } from './waiting.mjs'

/** Starts it; the first line it prints says where it is and what lets a client in. */
async function startVenue(program, ...options) {
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

/** The certificate has to be known to Node from its start: the contract is a process of its own. */
function runContract(ready) {
  const env = { ...process.env, VENUE_READY: JSON.stringify(ready) }
  if (ready.certificate) env.NODE_EXTRA_CA_CERTS = ready.certificate
  const child = spawn(process.execPath, ['contract.mjs'], { env, stdio: 'inherit' })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}

let failures = 0
for (const options of [[], ['--tls']]) {
  const venue = await startVenue(process.argv[2], ...options)
  console.log(venue.ready.rest)
  failures += (await runContract(venue.ready)) === 0 ? 0 : 1
  await venue.stop()
}
process.exitCode = failures === 0 ? 0 : 1
