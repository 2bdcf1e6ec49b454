<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Columns</name>
    <message>
        <source>opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New York date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trade</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dollars, after fees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>why it ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Δ shares</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delta in shares of the underlying; of the portfolio: not added up across underlyings, see $ delta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Δ $</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dollar delta: shares times spot, the dollars a 100 % move would make at this delta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Γ / $</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gamma: shares of delta per dollar the underlying moves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Θ $ / day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theta: dollars per calendar day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vega $ / pt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vega: dollars per point of volatility</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New York time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order or run the line is about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>qty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contracts or shares, negative sells. Double-click to change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expiry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middle of bid and ask, per share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Δ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delta of one contract, with the sign of the side: what this leg adds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When it was made, New York time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>symbol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>legs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Net price of one unit; cr is received, db is paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units filled of units ordered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Net price of one unit of what has filled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contracts or shares, negative is short; of a group: its units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Price the position is valued at, per share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Implied volatility a year, percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delta in shares of the underlying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Γ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Θ / day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vega</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dollars per point of volatility</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open P&amp;L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dollars since the position was opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day P&amp;L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dollars since the previous close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of net liquidation: the largest of stress loss, margin and premium paid in this underlying</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Metrics</name>
    <message>
        <source>Net profit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Total return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Growth a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compound, over 365 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharpe ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of daily returns, a year of 252 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sortino ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As Sharpe, counting only returns below the risk-free rate as risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chance of skill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probability that the true Sharpe ratio is above zero, for this length, skew and tails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest drawdown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fall of equity from an earlier high, open positions at market</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest under water</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calmar ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Growth a year over the largest drawdown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worst day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trades</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closed groups: a whole condor is one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Win rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profit factor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sum of wins over sum of losses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average trade</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average win</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worst trade</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most buying power used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Net profit over the most buying power used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days in the market</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fills</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused by the gate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assumed slippage</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Watchlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Option chain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Greeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Journal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volatility smiles</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StrategyShapes</name>
    <message>
        <source>Long stock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short stock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long put</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short put</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call debit spread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call credit spread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put debit spread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put credit spread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long straddle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short straddle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long strangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short strangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Risk reversal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reverse risk reversal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synthetic long stock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synthetic short stock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call backspread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call ratio spread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put backspread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put ratio spread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short call calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short put calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call diagonal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short call diagonal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put diagonal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short put diagonal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call butterfly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short call butterfly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put butterfly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short put butterfly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jade lizard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Iron condor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reverse iron condor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Iron butterfly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reverse iron butterfly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call condor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short call condor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put condor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short put condor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Covered call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Covered put</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protective put</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protective call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reversal</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Buy open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sell open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buy close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sell close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Market</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GTC</source>
        <comment>good till cancelled</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GTD</source>
        <comment>good till date</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IOC</source>
        <comment>immediate or cancel</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>partly filled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not placed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written to the journal and not sent yet. No money has moved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On its way to the broker, who has not answered yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker has it and it may fill at any moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of it is done; the rest may still fill.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cancel is on its way. Until the broker confirms, it may still fill.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done. It is in your positions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled. What had filled before stays filled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker refused it. No money has moved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its time ran out. What had filled before stays filled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is certain that the broker never had it. No money has moved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer came back, so it may be working, filled, or lost. It is never sent again by itself; the broker is being asked. Look at the broker&apos;s own page before you trade this again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C</source>
        <comment>call, one letter</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P</source>
        <comment>put, one letter</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM yy</source>
        <comment>date format, as in 18 Dec 26</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date format, as in 18 Dec</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cr</source>
        <comment>credit: we receive this price</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 db</source>
        <comment>debit: we pay this price</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::Desk</name>
    <message>
        <source>%1 What is shown is stale and orders do not leave; it is being started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting the simulated exchange…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certification environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs credentials. Set TW_CLIENT_SECRET and TW_REFRESH_TOKEN and start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hybrid environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is not in this version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no credentials for production. Set TW_LIVE_CLIENT_SECRET and TW_LIVE_REFRESH_TOKEN (or TW_CLIENT_SECRET and TW_REFRESH_TOKEN with TW_SANDBOX=False) and start again. Nothing has changed: orders still go to the simulated exchange.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this version shows the live account but sends no orders to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent: not connected to a broker.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::EnvironmentSession</name>
    <message>
        <source>Quotes are streaming again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quotes have stopped: what is shown is stale, and no new order passes until they are back. Reconnecting. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the chain…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not known here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::TradingSession</name>
    <message>
        <source>The order journal cannot be used, so no order can be sent. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n journal record(s) were damaged and are left out; orders are checked with the broker. A copy of the file is kept: %1</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The order journal cannot be read, so no order can be sent. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders and backtests are not remembered beyond this session. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gate: %1 % of equity · leverage %2x → %3x · worst stress %4 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent: not connected to a broker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order was not cancelled. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent (%1): %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filled: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused by the broker: %1. %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not placed: %1. %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not known whether this order reached the broker: %1. It is not sent again; the broker is being asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trading is halted: %1. Working orders are being cancelled; positions are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only closing orders pass: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trading goes on: %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::VenueProcess</name>
    <message>
        <source>The simulated exchange could not be started: %1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The simulated exchange answered something else than its addresses.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The simulated exchange ended unexpectedly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The simulated exchange stopped with exit status %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 It was started %2 times without success.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestDialog</name>
    <message>
        <source>Backtest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>generated market</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder of recorded chains. Empty: prices are generated from the seed, and are nobody&apos;s market.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder of recorded chains</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the price, on top of every fill, against us</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the half spread a fill pays: 100 % buys at the ask and sells at the bid, 0 % trades at the mid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed gives the same generated market and the same result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Capital, dollars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slippage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spread paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of recorded chains</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no strategy to run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Underlying: enter a symbol, such as SPY.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To: must be later than From (%1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>estimating the time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 done, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It did not run: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled before the first day was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled. What was done until then is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done in %1 s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestResults</name>
    <message>
        <source>run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>equity and drawdown over time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Equity and drawdown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trades</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a strategy and dates, then run it. The chart, figures and trades appear here; later runs can be compared with earlier ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run %1 · %2 · %3, %4 to %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BrokerTable</name>
    <message>
        <source>broker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker&apos;s answer to the dry run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>buying power</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fees</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ChainModel</name>
    <message>
        <source>OI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>volume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vega</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open interest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volume today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last trade</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vega, dollars per vol point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theta, dollars per calendar day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Implied volatility, percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark (middle of bid and ask)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the quote is not a valid price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crossed: the bid is above the ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one-sided: a bid or an ask is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stale: no fresh quote has arrived</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zero bid: nobody offers to buy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>locked: the bid equals the ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bid %1 × %2, ask %3 × %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>position %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Greeks from the neighbouring strikes&apos; volatility: these quotes give none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strike %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strike</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ChainTable</name>
    <message>
        <source>Option chain: calls left, strikes in the middle, puts right</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::CommandPalette</name>
    <message>
        <source>symbol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>symbol, panel, command, setting…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::DockTitle</name>
    <message>
        <source>Float or dock this panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this panel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::EquityPlot</name>
    <message>
        <source>equity, dollars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drawdown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM yy</source>
        <comment>date format of a time axis</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: equity %2, drawdown %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>date format</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ExpirationStrip</name>
    <message>
        <source>More expirations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2d</source>
        <comment>expiration and days left</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AM</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::GreeksModel</name>
    <message>
        <source>Portfolio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>staged · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>What the staged order would add if it filled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::JournalPanel</name>
    <message numerus="yes">
        <source>Filter the last %n lines</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Read again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::LegsModel</name>
    <message>
        <source>Take this leg away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This quote is stale, crossed or one-sided: nothing should be traded on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remove %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::LimitEdit</name>
    <message>
        <source>limit price</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::LimitRow</name>
    <message>
        <source>mid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>× </source>
        <comment>number of units of the order</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many times the whole order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>limit between natural and patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left: the natural price, which can fill at once. Middle: the mid. Right: patient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the middle of the market</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>natural %1 · mid %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no two-sided market</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker takes market orders of one leg only</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::LiveDialog</name>
    <message>
        <source>Live trading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch to live trading?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From then on orders go to the broker and move real money. The whole frame changes its colour as long as that is so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until then nothing is sent to the broker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type %1 to confirm:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch to LIVE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay in the sandbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live trading is not possible yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing changed: the session stays in the sandbox, and no order can reach real money.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::MainWindow</name>
    <message>
        <source>A market of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prices stream from Vegadesk&apos;s simulated exchange: made up, but over the broker&apos;s real protocols. Click a bid to sell or an ask to buy; each click adds a leg.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ticket checks before it sends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It draws the payoff, compares the broker&apos;s dry run with our figures, and says in one line what the risk gate thinks. The button names where the order goes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You stay in charge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gauges show how near each limit is. F12 stops everything: trading halts and working orders are cancelled. Ctrl K finds any symbol, panel or command; ? lists the keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>find symbols, panels, commands, settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>halt trading and cancel every working order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume trading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after a stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backtest…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run a strategy over the past</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drop every staged leg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a symbol…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to the watchlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live trading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>orders with real money</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every key and what it does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the three-step tour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shipped layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every panel back in its place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue and orange theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>colour-blind safe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compact rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on and off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Risk tolerance: low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Risk tolerance: moderate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Risk tolerance: high</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show its chain</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::NoticeArea</name>
    <message>
        <source>Dismiss this notice</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::OptionChainPanel</name>
    <message>
        <source>At-the-money implied volatility of the shown expiration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One standard deviation to the shown expiration, from the at-the-money volatility</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>columns ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what the chain shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strikes on each side of the money</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IV %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expected move ±%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strikes ±%1 ▾</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::OrderTicketPanel</name>
    <message>
        <source>Click a bid to sell or an ask to buy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take all legs away (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n leg(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Dry run …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dry run ✓ %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dry run ✗</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the broker what this order would cost, without sending it (Ctrl+D)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker gave no usable answer: %1. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker would refuse it: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker warns: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to send: click a bid to sell or an ask to buy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A leg has no two-sided quote, so there is no mid to follow. Enter a limit price yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pricing …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker is not connected: nothing can be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker is not connected (%1): nothing can be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SEND LIVE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send to sandbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the order (Ctrl+Return)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::OrdersModel</name>
    <message>
        <source>made %1
last change %2
ours %3
broker&apos;s %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Placed elsewhere (phone or web)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::OrdersPanel</name>
    <message>
        <source>Cancel order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the broker to cancel the selected order (Del)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel all working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No orders yet. Stage one in the option chain and send it from the ticket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage it again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ParameterForm</name>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::PayoffPlot</name>
    <message>
        <source>today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at expiry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: at expiry %2, today %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::PositionsModel</name>
    <message>
        <source>close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage an order that closes this leg; nothing is sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage an order that closes all legs; nothing is sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last quote is old or flagged: the mark and everything computed from it may be wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, opened at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::PositionsPanel</name>
    <message>
        <source>No positions. What you buy and sell appears here with its Greeks and profit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this leg …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the whole group …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expand all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collapse all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RiskGauge</name>
    <message>
        <source>Daily loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leverage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buying power used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of %1</source>
        <comment>a limit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>limit reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>headroom to a limit</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This figure is not known, so orders that add risk are judged without it or refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of the limit is used</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RiskPanel</name>
    <message>
        <source>The account connection is down: these are the last known figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broker and our books differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume trading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lift the halt. Orders that were cancelled stay cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is traded to mend a difference. Compare with the broker&apos;s own page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● Trading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ Closing orders only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>■ Halted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::Screenshots</name>
    <message>
        <source>cannot make the folder %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot write %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gave up waiting for %1 after %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>goes on without: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SendConfirmation</name>
    <message>
        <source>Send a live order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>buying power</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SEND LIVE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This order goes to the live broker and trades real money.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SettingsDialog</name>
    <message>
        <source>Compact rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue and orange (colour-blind safe)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the next start on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Option chain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strikes on each side of the money</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A quote is stale after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stale quotes are drawn faint, and orders against them are refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moderate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sets the limits of the risk gate. No choice lifts the hard caps: 25 % in one underlying, 5 % daily loss, leverage 2x.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated exchange, from the next start on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed gives the same market.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed of its clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> ×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quote events a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Option chain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move from cell to cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>buy one of the current contract</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sell one of the current contract</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ and −</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one more, one less of a staged leg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Del</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take the leg off the ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>[ and ]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>previous and next expiration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a bid or an ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sell, buy one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl, Ctrl+Shift click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one more, one less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a staged cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>roll the leg to another strike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watchlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up and Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show the chain of another symbol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take the symbol off the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Up, Ctrl+Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move the symbol</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SmilePlot</name>
    <message>
        <source>%1 %2 %3
bid %4, mid %5, ask %6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SmilesPanel</name>
    <message>
        <source>implied volatility over strikes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out-of-the-money side; the whiskers reach from the bid&apos;s to the ask&apos;s volatility</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strikes along the axis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ln K/F</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log-moneyness along the axis: how far the strike is from the forward, so that expirations compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a symbol in the watchlist to see its volatility smiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for quotes of %1 options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · implied volatility a year</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StagedOrder</name>
    <message>
        <source>An order has four legs at most. Remove one first, or send these and start another order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That order has more than four legs. Close it leg by leg.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StatusLine</name>
    <message>
        <source>Where prices come from and where orders go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What trading is allowed to do now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Symbols subscribed and quote events a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to refresh and paint a frame: median and 99th percentile of the last 1024</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When our books were last compared with the broker&apos;s, New York time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders that may still be sent this minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The market&apos;s clock, New York</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · simulated prices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ Only orders that reduce risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>■ Trading is halted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 symbols · %2 events/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frame %1 · %2 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not reconciled yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reconciled %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reconciled %1 · differences: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New York %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · market closed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::TicketFigures</name>
    <message>
        <source>price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max profit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prob. of profit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>break-even</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Δ · Θ / day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chance that the order is worth more than it cost at expiry, by today&apos;s volatility. A model&apos;s figure, not a promise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the order adds: delta in shares, theta in dollars per calendar day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>credit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>debit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::Toolbar</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SANDBOX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders go to a practice exchange: no real money</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders go to the broker: real money</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl K   symbol, panel, command…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>net liq</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day P&amp;L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>buying power</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>feed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop all · F12</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Halts trading and cancels every working order. Positions stay; you can close them one by one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>silent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account connection is down: these are the last known figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Halted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::Tour</name>
    <message>
        <source>First steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::TradesModel</name>
    <message>
        <source>d MMM yy</source>
        <comment>date format</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::WatchModel</name>
    <message>
        <source>bid %1, ask %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stale: no fresh quote has arrived</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 last %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 change %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>symbol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chg %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::WatchlistPanel</name>
    <message>
        <source>Watchlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a symbol…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Symbol to add to the watchlist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” cannot be a symbol: a letter, then up to nine letters, digits, dots or slashes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
