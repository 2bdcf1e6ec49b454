<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>RiskFigures</name>
    <message numerus="yes">
        <source>%n more trading day(s) of its history are needed. Strategies trade at the size of a normal market until then. The broker&apos;s daily closes come by themselves.</source>
        <translation>
            <numerusform>%n more trading day of its history is needed. Strategies trade at the size of a normal market until then. The broker&apos;s daily closes come by themselves.</numerusform>
            <numerusform>%n more trading days of its history are needed. Strategies trade at the size of a normal market until then. The broker&apos;s daily closes come by themselves.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RiskWords</name>
    <message numerus="yes">
        <source>%n position(s) left out, no figure is known: %1</source>
        <translation>
            <numerusform>%n position left out, no figure is known: %1</numerusform>
            <numerusform>%n positions left out, no figure is known: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SweepWords</name>
    <message numerus="yes">
        <source>walk-forward, %n stretches</source>
        <translation>
            <numerusform>walk-forward, %n stretch</numerusform>
            <numerusform>walk-forward, %n stretches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n settings</source>
        <translation>
            <numerusform>%n setting</numerusform>
            <numerusform>%n settings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Best of %n settings by %1: %2 with %3.</source>
        <translation>
            <numerusform>Best of %n setting by %1: %2 with %3.</numerusform>
            <numerusform>Best of %n settings by %1: %2 with %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n trials of this strategy on these data in all, the chance that it is more than the luckiest without skill would show is %1.</source>
        <translation>
            <numerusform>Of %n trial of this strategy on these data in all, the chance that it is more than the luckiest without skill would show is %1.</numerusform>
            <numerusform>Of %n trials of this strategy on these data in all, the chance that it is more than the luckiest without skill would show is %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It stands alone: its %n neighbours, one step away, have %1 at the median, and all settings %2. That is rather luck than a plateau.</source>
        <translation>
            <numerusform>It stands alone: its %n neighbour, one step away, has %1, and all settings have %2 at the median. That is rather luck than a plateau.</numerusform>
            <numerusform>It stands alone: its %n neighbours, one step away, have %1 at the median, and all settings %2. That is rather luck than a plateau.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its %n neighbours, one step away, have %1 at the median, and all settings %2.</source>
        <translation>
            <numerusform>Its %n neighbour, one step away, has %1, and all settings have %2 at the median.</numerusform>
            <numerusform>Its %n neighbours, one step away, have %1 at the median, and all settings %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stretches were not traded: too little was left of the account.</source>
        <translation>
            <numerusform>%n stretch was not traded: too little was left of the account.</numerusform>
            <numerusform>%n stretches were not traded: too little was left of the account.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In %n of %1 stretches even the best setting lost money on the days picked on.</source>
        <translation>
            <numerusform>In %n of %1 stretches even the best setting lost money on the days picked on.</numerusform>
            <numerusform>In %n of %1 stretches even the best setting lost money on the days picked on.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::EnvironmentSession</name>
    <message numerus="yes">
        <source>%n request(s) in a row without an answer</source>
        <translation>
            <numerusform>%n request in a row without an answer</numerusform>
            <numerusform>%n requests in a row without an answer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::TradingSession</name>
    <message numerus="yes">
        <source>%n journal record(s) were damaged and are left out; orders are checked with the broker.</source>
        <translation>
            <numerusform>%n journal record was damaged and is left out; orders are checked with the broker.</numerusform>
            <numerusform>%n journal records were damaged and are left out; orders are checked with the broker.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::AccountSection</name>
    <message numerus="yes">
        <source>The login is accepted and opens %n account(s).</source>
        <translation>
            <numerusform>The login is accepted and opens %n account.</numerusform>
            <numerusform>The login is accepted and opens %n accounts.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::AlertsPanel</name>
    <message numerus="yes">
        <source>Nothing to tell. %n rule(s) watched, beside assignments and ex-dividend dates of what you hold.</source>
        <translation>
            <numerusform>Nothing to tell. %n rule watched, beside assignments and ex-dividend dates of what you hold.</numerusform>
            <numerusform>Nothing to tell. %n rules watched, beside assignments and ex-dividend dates of what you hold.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestAttribution</name>
    <message numerus="yes">
        <source>Of %n position(s) a mark was missing: what they made is unexplained.</source>
        <translation>
            <numerusform>Of %n position a mark was missing: what it made is unexplained.</numerusform>
            <numerusform>Of %n positions a mark was missing: what they made is unexplained.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestCompare</name>
    <message numerus="yes">
        <source>%n run(s) in a row</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs in a row</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestTradeWindow</name>
    <message numerus="yes">
        <source>%1, %n day(s)</source>
        <comment>expiration</comment>
        <translation>
            <numerusform>%1, %n day</numerusform>
            <numerusform>%1, %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ConnectionsPanel</name>
    <message numerus="yes">
        <source>Compared with the broker&apos;s books at %1, New York time: %n difference(s), see Risk.</source>
        <translation>
            <numerusform>Compared with the broker&apos;s books at %1, New York time: %n difference, see Risk.</numerusform>
            <numerusform>Compared with the broker&apos;s books at %1, New York time: %n differences, see Risk.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) could not be read; the last ones, newest first:</source>
        <translation>
            <numerusform>%n message could not be read; the last ones, newest first:</numerusform>
            <numerusform>%n messages could not be read; the last ones, newest first:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::DispersionModel</name>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation>
            <numerusform>%n position left out: no figure is known</numerusform>
            <numerusform>%n positions left out: no figure is known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::DispersionPanel</name>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation>
            <numerusform>%n position left out: no figure is known</numerusform>
            <numerusform>%n positions left out: no figure is known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::EntryLook</name>
    <message numerus="yes">
        <source>and %n more order(s)</source>
        <translation>
            <numerusform>and %n more order</numerusform>
            <numerusform>and %n more orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ExposureModel</name>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation>
            <numerusform>%n position left out: no figure is known</numerusform>
            <numerusform>%n positions left out: no figure is known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::GreeksModel</name>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation>
            <numerusform>%n position left out: no figure is known</numerusform>
            <numerusform>%n positions left out: no figure is known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::HedgeLedgerModel</name>
    <message numerus="yes">
        <source>%n row(s) in one</source>
        <translation>
            <numerusform>%n row in one</numerusform>
            <numerusform>%n rows in one</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::JournalPanel</name>
    <message numerus="yes">
        <source>Filter the last %n lines</source>
        <translation>
            <numerusform>Filter the last line</numerusform>
            <numerusform>Filter the last %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::OptionChainPanel</name>
    <message numerus="yes">
        <source>%1 · %n outside ▾</source>
        <comment>theoretical prices outside bid and ask</comment>
        <translation>
            <numerusform>%1 · %n outside ▾</numerusform>
            <numerusform>%1 · %n outside ▾</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n theoretical price(s) by %1 lie outside the quote&apos;s bid and ask by more than half a cent: in the column theo they are drawn in the warning colour</source>
        <translation>
            <numerusform>%n theoretical price by %1 lies outside the quote&apos;s bid and ask by more than half a cent: in the column theo it is drawn in the warning colour</numerusform>
            <numerusform>%n theoretical prices by %1 lie outside the quote&apos;s bid and ask by more than half a cent: in the column theo they are drawn in the warning colour</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n disputed ▾</source>
        <comment>prices by networks that finite differences contradict</comment>
        <translation>
            <numerusform>%1 · %n disputed ▾</numerusform>
            <numerusform>%1 · %n disputed ▾</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>▲ %n price(s) by networks differ from finite differences by more than is promised: in the column theo they are drawn in the warning colour</source>
        <translation>
            <numerusform>▲ %n price by networks differs from finite differences by more than is promised: in the column theo it is drawn in the warning colour</numerusform>
            <numerusform>▲ %n prices by networks differ from finite differences by more than is promised: in the column theo they are drawn in the warning colour</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::OrderTicketPanel</name>
    <message numerus="yes">
        <source>%n leg(s)</source>
        <translation>
            <numerusform>%n leg</numerusform>
            <numerusform>%n legs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::PositionsModel</name>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation>
            <numerusform>%n position left out: no figure is known</numerusform>
            <numerusform>%n positions left out: no figure is known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RiskPanel</name>
    <message numerus="yes">
        <source>%n position(s) left out of value at risk or stress</source>
        <translation>
            <numerusform>%n position left out of value at risk or stress</numerusform>
            <numerusform>%n positions left out of value at risk or stress</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StrategyDialog</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StressPanel</name>
    <message numerus="yes">
        <source>%1, in %n day(s)</source>
        <translation>
            <numerusform>%1, in %n day</numerusform>
            <numerusform>%1, in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The moves are there %n day(s) from now</source>
        <translation>
            <numerusform>The moves are there %n day from now</numerusform>
            <numerusform>The moves are there %n days from now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Closing everything there, %n spread(s) not known</source>
        <translation>
            <numerusform>Closing everything there, %n spread not known</numerusform>
            <numerusform>Closing everything there, %n spreads not known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SweepDialog</name>
    <message numerus="yes">
        <source>%n settings</source>
        <translation>
            <numerusform>%n setting</numerusform>
            <numerusform>%n settings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stretches</source>
        <translation>
            <numerusform>%n stretch</numerusform>
            <numerusform>%n stretches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n runs were known from before</source>
        <translation>
            <numerusform>%n run was known from before</numerusform>
            <numerusform>%n runs were known from before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n runs failed</source>
        <translation>
            <numerusform>%n run failed</numerusform>
            <numerusform>%n runs failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n trials taken over.</source>
        <translation>
            <numerusform>%n trial taken over.</numerusform>
            <numerusform>%n trials taken over.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ValueAtRiskPanel</name>
    <message numerus="yes">
        <source>%1 level, %n trading day(s) ahead, from %2 days of history</source>
        <translation>
            <numerusform>%1 level, %n trading day ahead, from %2 days of history</numerusform>
            <numerusform>%1 level, %n trading days ahead, from %2 days of history</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::VolatilitySurfacePanel</name>
    <message numerus="yes">
        <source>%n d</source>
        <comment>days, short</comment>
        <translation>
            <numerusform>%n d</numerusform>
            <numerusform>%n d</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n violation(s)</source>
        <translation>
            <numerusform>%n violation</numerusform>
            <numerusform>%n violations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n quote(s) lie outside what the networks were trained for and did not count.</source>
        <translation>
            <numerusform>%n quote lies outside what the networks were trained for and did not count.</numerusform>
            <numerusform>%n quotes lie outside what the networks were trained for and did not count.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::WhatIfBar</name>
    <message numerus="yes">
        <source>%1 · in %n day(s)</source>
        <translation>
            <numerusform>%1 · in %n day</numerusform>
            <numerusform>%1 · in %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::watchdog::StopWindow</name>
    <message numerus="yes">
        <source>%n order(s) still at work, being cancelled…</source>
        <translation>
            <numerusform>%n order still at work, being cancelled…</numerusform>
            <numerusform>%n orders still at work, being cancelled…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) may still be at work</source>
        <translation>
            <numerusform>%n order may still be at work</numerusform>
            <numerusform>%n orders may still be at work</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The broker&apos;s list was read %n time(s).</source>
        <translation>
            <numerusform>The broker&apos;s list was read %n time.</numerusform>
            <numerusform>The broker&apos;s list was read %n times.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cancel(s) sent.</source>
        <translation>
            <numerusform>%n cancel sent.</numerusform>
            <numerusform>%n cancels sent.</numerusform>
        </translation>
    </message>
</context>
</TS>
