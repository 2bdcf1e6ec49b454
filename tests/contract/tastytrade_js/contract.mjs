// The broker's own SDK, unmodified, against the simulated exchange that VENUE_READY, its first line, tells of.
import assert from 'node:assert/strict'
import WebSocket from 'ws'
import { DXLinkFeed, DXLinkWebSocketClient, FeedContract, FeedDataFormat } from '@dxfeed/dxlink-api'
import { Inbox, within } from './waiting.mjs'

globalThis.WebSocket = WebSocket // Node 20 has none, and dxLink's client needs it
const { default: TastytradeClient, CandleType, MarketDataSubscriptionType } = await import('@tastytrade/api')

const ready = JSON.parse(process.env.VENUE_READY)
const client = new TastytradeClient({
  baseUrl: ready.rest,
  accountStreamerUrl: ready['account-streamer'],
  clientSecret: ready['client-secret'],
  refreshToken: ready['refresh-token'],
  oauthScopes: ['read', 'trade']
})

async function step(name, work) {
  try {
    await work()
    console.log(`ok      ${name}`)
  } catch (error) {
    console.log(`FAILED  ${name}`)
    const answer = error?.response
    if (answer) console.log(`        ${answer.config.method} ${answer.config.url}: ${answer.status} ${JSON.stringify(answer.data)}`)
    throw error
  }
}

/** What a refused call was answered with. */
async function refusal(call) {
  const error = await call.then(() => assert.fail('it was not refused'), (problem) => problem)
  assert.ok(error.response, error)
  return error.response
}

let account
const notices = new Inbox()
const orders = client.orderService

const orderNotice = (id, status) =>
  notices.first(`order ${id} to be ${status}`, (n) => n.type === 'Order' && n.data.id === id && n.data.status === status)
const statusesOf = (id) => notices.all((n) => n.type === 'Order' && n.data.id === id).map((n) => n.data.status)

const leg = (symbol, quantity, action, type = 'Equity') => ({ 'instrument-type': type, symbol, quantity, action })
const limit = (price, effect, legs, tif = 'Day') => ({
  'time-in-force': tif, 'order-type': 'Limit', price, 'price-effect': effect, legs
})

/** To the first hour of the next session: a close in the middle would end what the orders below wait for. */
async function goToAMorning() {
  const hourLater = async () => {
    const answer = await fetch(`${ready.rest}/venue/clock`, {
      method: 'POST', body: JSON.stringify({ 'advance-seconds': 3600 }), headers: { Authorization: `Bearer ${ready.token}` }
    })
    return (await answer.json())['market-open']
  }
  while (await hourLater());
  while (!(await hourLater()));
}

async function login() {
  const token = await client.httpClient.generateAccessToken()
  assert.ok(token.isValid)
  const accounts = await client.accountsAndCustomersService.getCustomerAccounts()
  assert.equal(accounts.length, 1)
  account = accounts[0].account['account-number']
  assert.equal(account, ready.account)
  const whole = await client.accountsAndCustomersService.getFullCustomerAccountResource(account)
  assert.equal(whole['account-number'], account)

  const stranger = new TastytradeClient({
    baseUrl: ready.rest, accountStreamerUrl: ready['account-streamer'], clientSecret: 'wrong', refreshToken: 'wrong',
    oauthScopes: ['read']
  })
  const refused = await refusal(stranger.httpClient.generateAccessToken())
  assert.equal(refused.status, 400)
  assert.equal(refused.data.error_code, 'invalid_grant')
}

async function accountFigures() {
  const balance = await client.balancesAndPositionsService.getAccountBalanceValues(account)
  assert.equal(balance['account-number'], account)
  assert.ok(Number(balance['net-liquidating-value']) > 0)
  const positions = await client.balancesAndPositionsService.getPositionsList(account)
  assert.ok(positions.length > 0) // the examples of a first start
  assert.ok(positions.every((position) => position.quantity > 0 && position['quantity-direction']))
  const status = await client.accountStatusService.getAccountStatus(account)
  assert.equal(status['account-number'], account)
  const foreign = await refusal(client.balancesAndPositionsService.getAccountBalanceValues('5WX00042'))
  assert.equal(foreign.status, 403)
}

let call
async function market() {
  const chains = await client.instrumentsService.getNestedOptionChain('SPY')
  assert.equal(chains[0]['underlying-symbol'], 'SPY')
  const month = chains[0].expirations.find((expiration) => expiration['days-to-expiration'] >= 30)
  const strikes = month.strikes
  call = strikes[Math.floor(strikes.length / 2)]
  const metrics = await client.marketMetricsService.getMarketMetrics({ symbols: 'SPY,AAPL' })
  assert.deepEqual(metrics.map((item) => item.symbol).sort(), ['AAPL', 'SPY'])
  assert.ok(Number(metrics[0]['implied-volatility-index']) > 0)
  const equity = await client.instrumentsService.getSingleEquity('SPY')
  assert.equal(equity.symbol, 'SPY')
}

async function accountStream() {
  client.accountStreamer.addMessageObserver((message) => notices.put(message))
  await within(client.accountStreamer.start(), 'the account streamer')
  assert.equal(await within(client.accountStreamer.subscribeToAccounts([account]), 'its answer'), 'connect')
}

async function dryRunAndRefusal() {
  const buy = limit('99.0', 'Debit', [leg(call.call, 1, 'Buy to Open', 'Equity Option')])
  const dry = await orders.postOrderDryRun(account, buy)
  assert.equal(dry.order.id, undefined)
  assert.equal(dry.order.status, 'Received')
  assert.equal(dry['buying-power-effect'].effect, 'Debit')
  assert.ok(Number(dry['fee-calculation']['total-fees']) > 0)
  const refused = await refusal(orders.createOrder(account, { ...buy, 'price-effect': 'Credit' }))
  assert.equal(refused.status, 422)
  assert.equal(refused.data.error.errors[0].code, 'cant_buy_for_credit')
}

async function orderLife() {
  const buy = limit('99.0', 'Debit', [leg(call.call, 1, 'Buy to Open', 'Equity Option')])
  const placed = await orders.createOrder(account, { ...buy, 'external-identifier': 'contract-1' })
  assert.equal(placed.order.status, 'Routed')
  const id = placed.order.id
  const filled = await orderNotice(id, 'Filled')
  assert.equal(filled.data['external-identifier'], 'contract-1')
  assert.equal(filled.data.legs[0].fills.length, 1)
  assert.deepEqual(statusesOf(id), ['Routed', 'Live', 'Filled'])
  await notices.first('the position', (n) => n.type === 'CurrentPosition' && n.data.symbol === call.call)
  await notices.first('the balance', (n) => n.type === 'AccountBalance')
  const held = await client.balancesAndPositionsService.getPositionsList(account, { symbol: call.call })
  assert.ok(held.some((position) => position.symbol === call.call && position.quantity === 1))
}

async function replaceAndCancel() {
  const { order } = await orders.createOrder(account, limit('1.00', 'Debit', [leg('KO', 10, 'Buy to Open')]))
  await orderNotice(order.id, 'Live')
  const dearer = limit('1.25', 'Debit', [leg('KO', 10, 'Buy to Open')])
  const dry = await orders.replacementOrderDryRun(account, order.id, dearer)
  assert.equal(dry.order.price, '1.25')
  const replaced = await orders.replaceOrder(account, order.id, dearer)
  assert.equal(replaced.status, 'Contingent')
  assert.equal(replaced['replaces-order-id'], order.id)
  await orderNotice(replaced.id, 'Live')
  assert.deepEqual(statusesOf(order.id), ['Routed', 'Live', 'Replace Requested', 'Cancelled'])
  assert.deepEqual(statusesOf(replaced.id), ['Contingent', 'Routed', 'Live'])

  const edited = await orders.editOrder(account, replaced.id, { ...dearer, price: '1.50', 'time-in-force': 'GTC' })
  await orderNotice(edited.id, 'Live')
  await orders.postReconfirmOrder(account, edited.id)
  const live = await orders.getLiveOrders(account)
  assert.equal(live.find((each) => each.id === edited.id).status, 'Live')
  const found = await orders.getOrders(account, { 'underlying-symbol': 'KO', status: ['Live'], 'per-page': 5, sort: 'Asc' })
  assert.deepEqual(found.map((each) => each.id), [edited.id])
  const mine = await orders.getCustomerOrders('me', { 'account-numbers': [account] })
  assert.ok(mine.length >= 4)
  assert.equal((await refusal(orders.getLiveOrdersForCustomer('me'))).status, 400) // the SDK names no account

  const cancelled = await orders.cancelOrder(account, edited.id)
  assert.equal(cancelled.status, 'Cancel Requested')
  await orderNotice(edited.id, 'Cancelled')
  assert.equal((await orders.getOrder(account, edited.id)).status, 'Cancelled')
  const late = await refusal(orders.cancelOrder(account, edited.id))
  assert.equal(late.data.error.code, 'cannot_update_order')
}

async function complexOrder() {
  const quote = await client.instrumentsService.getSingleEquity('KO')
  assert.equal(quote.symbol, 'KO')
  const bracket = (price) => ({
    type: 'OTOCO',
    'trigger-order': limit(price, 'Debit', [leg('KO', 10, 'Buy to Open')]),
    orders: [
      limit('990.00', 'Credit', [leg('KO', 10, 'Sell to Close')], 'GTC'),
      { 'time-in-force': 'GTC', 'order-type': 'Stop', 'stop-trigger': '0.50', legs: [leg('KO', 10, 'Sell to Close')] }
    ]
  })
  const dormant = await orders.createComplexOrder(account, bracket('1.00'))
  const first = dormant['complex-order']
  assert.deepEqual(first.orders.map((order) => order.status), ['Contingent', 'Contingent'])
  assert.equal(first['trigger-order']['complex-order-tag'], 'OTOCO::trigger-order')
  await orderNotice(first['trigger-order'].id, 'Live')
  const cancelled = await orders.cancelComplexOrder(account, first.id)
  assert.equal(cancelled['trigger-order'].status, 'Cancel Requested')
  await orderNotice(first['trigger-order'].id, 'Cancelled')
  assert.ok(statusesOf(first.orders[0].id).includes('Cancelled'))

  const working = (await orders.createComplexOrder(account, bracket('900.00')))['complex-order']
  for (const child of working.orders) await orderNotice(child.id, 'Live')
  await notices.first('the complex order', (n) =>
    n.type === 'ComplexOrder' && n.data.id === working.id && n.data.orders.every((order) => order.status === 'Live'))
  await orders.cancelComplexOrder(account, working.id)
  for (const child of working.orders) await orderNotice(child.id, 'Cancelled')
}

async function quotes() {
  const events = new Inbox()
  client.quoteStreamer.addEventListener((batch) => batch.forEach((event) => events.put(event)))
  await client.quoteStreamer.connect()
  const option = call['call-streamer-symbol']
  client.quoteStreamer.subscribe(['SPY'])
  client.quoteStreamer.subscribe([option], [MarketDataSubscriptionType.Quote, MarketDataSubscriptionType.Greeks])
  const now = Date.parse((await client.httpClient.getData('/venue/clock', {}, {})).data.now)
  client.quoteStreamer.subscribeCandles('SPY', now - 5 * 24 * 3600_000, 5, CandleType.Minute)
  client.quoteStreamer.subscribeCandles('SPY', now - 400 * 24 * 3600_000, 1, CandleType.Day)

  const of = (type, symbol) => events.first(`${type} of ${symbol}`, (e) => e.eventType === type && e.eventSymbol === symbol)
  const quote = await of('Quote', 'SPY')
  assert.ok(quote.askPrice > quote.bidPrice && quote.bidPrice > 0)
  await of('Trade', 'SPY')
  await of('Summary', 'SPY')
  await of('Quote', option)
  const greeks = await of('Greeks', option)
  assert.ok(greeks.volatility > 0.01 && greeks.volatility < 3)
  assert.ok(greeks.delta > 0 && greeks.delta <= 1)
  for (const [period, least] of [['5m', 50], ['1d', 200]]) {
    const symbol = `SPY{=${period}}`
    const isOurs = (e) => e.eventType === 'Candle' && (e.eventSymbol === symbol || e.eventSymbol === symbol.replace('=1', '='))
    await events.first(`the last candle of ${symbol}`, (e) => isOurs(e) && (e.eventFlags & 0x18) !== 0)
    assert.ok(events.all((e) => isOurs(e) && e.close > 0).length >= least)
  }
}

async function dxLink() {
  const token = await client.accountsAndCustomersService.getApiQuoteToken()
  const link = new DXLinkWebSocketClient()
  link.connect(token['dxlink-url'])
  link.setAuthToken(token.token)
  const feed = new DXLinkFeed(link, FeedContract.AUTO)
  feed.configure({
    acceptAggregationPeriod: 0.1, acceptDataFormat: FeedDataFormat.COMPACT,
    acceptEventFields: { Quote: ['eventType', 'eventSymbol', 'askPrice', 'bidPrice'] }
  })
  const events = new Inbox()
  feed.addEventListener((batch) => batch.forEach((event) => events.put(event)))
  feed.addSubscriptions({ type: 'Quote', symbol: 'AAPL' }, { type: 'Quote', symbol: 'NOBODY' })
  const quote = await events.first('a quote of AAPL', (event) => event.eventSymbol === 'AAPL')
  assert.deepEqual(Object.keys(quote).sort(), ['askPrice', 'bidPrice', 'eventSymbol', 'eventType'])
  link.disconnect()
}

let failed = false
try {
  await step('a morning', goToAMorning)
  await step('OAuth, customer and accounts', login)
  await step('balances, positions and trading status', accountFigures)
  await step('nested chain and market metrics', market)
  await step('account streamer', accountStream)
  await step('dry run and a refusal', dryRunAndRefusal)
  await step('an order from Routed to Filled', orderLife)
  await step('replace, edit, search and cancel', replaceAndCancel)
  await step('complex orders', complexOrder)
  await step('quotes, Greeks and candles', quotes)
  await step('dxLink by its own client', dxLink)
} catch (error) {
  failed = true
  console.log(error)
}
client.accountStreamer.stop()
process.exit(failed ? 1 : 0) // the SDK's streamers leave timers and a socket behind
