// A real Bluesky on loopback: PLC and PDS, and with --full the AppView too (PostgreSQL and Redis
// from DB_POSTGRES_URL and REDIS_HOST). Prints one JSON line of addresses once it answers, and
// ends when its standard input does.
import dns from 'node:dns'
import net from 'node:net'
import { TestNetwork, TestNetworkNoAppView } from '@atproto/dev-env'

// Names under .colibri-peer.eu are this machine and asked of nobody: a site a test serves on
// https, by a certificate that NODE_EXTRA_CA_CERTS names.
const lookup = dns.lookup
dns.lookup = (name, options, callback) =>
  name.endsWith('.colibri-peer.eu')
    ? lookup('127.0.0.1', options, callback)
    : lookup(name, options, callback)

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

const full = process.argv.includes('--full')
const pds = {
  port: await freePort(),
  hostname: 'localhost',
  rateLimitsEnabled: process.argv.includes('--rate-limits'),
}
const plc = { port: await freePort() }
const network = full
  ? await TestNetwork.create({ plc, pds, dbPostgresSchema: 'colibri' })
  : await TestNetworkNoAppView.create({ plc, pds })

const addresses = { pds: network.pds.url, plc: network.plc.url }
if (full) addresses.appview = network.bsky.url
process.stdout.write(JSON.stringify(addresses) + '\n')

const end = () => process.exit(0)
process.stdin.on('end', end)
process.stdin.on('close', end)
process.stdin.resume()
