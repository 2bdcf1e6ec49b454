<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AlertWords</name>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 above %2</source>
        <translation>%1 über %2</translation>
    </message>
    <message>
        <source>%1 below %2</source>
        <translation>%1 unter %2</translation>
    </message>
    <message>
        <source>The measure “%1” is not one that alerts watch.</source>
        <translation>Die Messgröße „%1“ ist keine, die Alarme beobachten.</translation>
    </message>
    <message>
        <source>The symbol is missing: %1 is watched of one.</source>
        <translation>Das Symbol fehlt: %1 wird für ein Symbol beobachtet.</translation>
    </message>
    <message>
        <source>The symbol “%1” has to go: %2 is the account&apos;s.</source>
        <translation>Das Symbol „%1“ muss weg: %2 gilt für das Konto.</translation>
    </message>
    <message>
        <source>The threshold %1 is not allowed: %2 to %3.</source>
        <translation>Die Schwelle %1 ist nicht erlaubt: %2 bis %3.</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
</context>
<context>
    <name>AttributionFile</name>
    <message>
        <source>Where the profit came from</source>
        <translation>Woher die G&amp;V kam</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not what it should be</source>
        <translation>„%1“ ist nicht, was es sein sollte</translation>
    </message>
</context>
<context>
    <name>ChainFigures</name>
    <message>
        <source>for options that may be exercised early, which these may not</source>
        <translation>für Optionen, die vorzeitig ausgeübt werden dürfen, was diese nicht dürfen</translation>
    </message>
    <message>
        <source>not solved for this expiration yet</source>
        <translation>für diesen Verfall noch nicht gelöst</translation>
    </message>
    <message>
        <source>without its networks (%1)</source>
        <translation>ohne seine Netze (%1)</translation>
    </message>
    <message>
        <source>not fitted to this chain (%1)</source>
        <translation>nicht an diese Kette angepasst (%1)</translation>
    </message>
    <message>
        <source>not fitted to this chain yet</source>
        <translation>noch nicht an diese Kette angepasst</translation>
    </message>
    <message>
        <source>not reckoned for this chain yet</source>
        <translation>für diese Kette noch nicht gerechnet</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>opened</source>
        <translation>eröffnet</translation>
    </message>
    <message>
        <source>New York date</source>
        <translation>Datum in New York</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>trade</source>
        <translation>Geschäft</translation>
    </message>
    <message>
        <source>P&amp;L</source>
        <translation>G&amp;V</translation>
    </message>
    <message>
        <source>Dollars, after fees</source>
        <translation>Dollar, nach Gebühren</translation>
    </message>
    <message>
        <source>fees</source>
        <translation>Gebühren</translation>
    </message>
    <message>
        <source>orders</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>why it ended</source>
        <translation>Grund des Endes</translation>
    </message>
    <message>
        <source>Δ shares</source>
        <translation>Δ Aktien</translation>
    </message>
    <message>
        <source>Δ $</source>
        <translation>Δ $</translation>
    </message>
    <message>
        <source>Dollar delta: shares times spot, the dollars a 100 % move would make at this delta</source>
        <translation>Dollar-Delta: Aktien mal Kurs, also die Dollar, die eine Bewegung um 100 % bei diesem Delta brächte</translation>
    </message>
    <message>
        <source>Γ / $</source>
        <translation>Γ / $</translation>
    </message>
    <message>
        <source>Gamma: shares of delta per dollar the underlying moves</source>
        <translation>Gamma: Delta in Aktien je Dollar Bewegung des Basiswerts</translation>
    </message>
    <message>
        <source>Θ $ / day</source>
        <translation>Θ $ / Tag</translation>
    </message>
    <message>
        <source>vega $ / pt</source>
        <translation>Vega $ / Pkt.</translation>
    </message>
    <message>
        <source>Vega: dollars per point of volatility</source>
        <translation>Vega: Dollar je Volatilitätspunkt</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>New York time</source>
        <translation>Zeit in New York</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>The order or run the line is about</source>
        <translation>Die Order oder der Lauf, von dem die Zeile handelt</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>qty</source>
        <translation>Anz.</translation>
    </message>
    <message>
        <source>Contracts or shares, negative sells. Double-click to change.</source>
        <translation>Kontrakte oder Aktien, negativ verkauft. Doppelklick ändert.</translation>
    </message>
    <message>
        <source>expiry</source>
        <translation>Verfall</translation>
    </message>
    <message>
        <source>strike</source>
        <translation>Basispreis</translation>
    </message>
    <message>
        <source>mid</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Middle of bid and ask, per share</source>
        <translation>Mitte von Geld und Brief, je Aktie</translation>
    </message>
    <message>
        <source>Δ</source>
        <translation>Δ</translation>
    </message>
    <message>
        <source>When it was made, New York time</source>
        <translation>Wann sie entstand, Zeit in New York</translation>
    </message>
    <message>
        <source>symbol</source>
        <translation>Symbol</translation>
    </message>
    <message>
        <source>legs</source>
        <translation>Beine</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>Net price of one unit; cr is received, db is paid</source>
        <translation>Nettopreis einer Einheit; H wird erhalten, S wird gezahlt</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>filled</source>
        <translation>ausgeführt</translation>
    </message>
    <message>
        <source>Units filled of units ordered</source>
        <translation>Ausgeführte von bestellten Einheiten</translation>
    </message>
    <message>
        <source>average</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>Net price of one unit of what has filled</source>
        <translation>Nettopreis einer ausgeführten Einheit</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>mark</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Price the position is valued at, per share</source>
        <translation>Preis, zu dem die Position bewertet ist, je Aktie</translation>
    </message>
    <message>
        <source>IV</source>
        <translation>IV</translation>
    </message>
    <message>
        <source>Implied volatility a year, percent</source>
        <translation>Implizite Volatilität im Jahr, Prozent</translation>
    </message>
    <message>
        <source>Delta in shares of the underlying</source>
        <translation>Delta in Aktien des Basiswerts</translation>
    </message>
    <message>
        <source>Γ</source>
        <translation>Γ</translation>
    </message>
    <message>
        <source>Θ / day</source>
        <translation>Θ / Tag</translation>
    </message>
    <message>
        <source>vega</source>
        <translation>Vega</translation>
    </message>
    <message>
        <source>Dollars per point of volatility</source>
        <translation>Dollar je Volatilitätspunkt</translation>
    </message>
    <message>
        <source>open P&amp;L</source>
        <translation>offene G&amp;V</translation>
    </message>
    <message>
        <source>Dollars since the position was opened</source>
        <translation>Dollar seit Eröffnung der Position</translation>
    </message>
    <message>
        <source>day P&amp;L</source>
        <translation>Tages-G&amp;V</translation>
    </message>
    <message>
        <source>Dollars since the previous close</source>
        <translation>Dollar seit dem letzten Schlusskurs</translation>
    </message>
    <message>
        <source>risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Of net liquidation: the largest of stress loss, margin and premium paid in this underlying</source>
        <translation>Vom Nettowert: das Größte aus Stressverlust, Margin und gezahlter Prämie in diesem Basiswert</translation>
    </message>
    <message>
        <source>Delta this leg adds, in shares of the underlying</source>
        <translation>Delta, das dieses Bein beiträgt, in Aktien des Basiswerts</translation>
    </message>
    <message>
        <source>Contracts or shares, negative is short; of several legs: how many times their strategy</source>
        <translation>Kontrakte oder Aktien, negativ ist leer verkauft; bei mehreren Beinen: wie oft ihre Strategie</translation>
    </message>
    <message>
        <source>Theta: dollars that the next calendar day takes, 24 hours from now, in the time to expiry of the settings: in trading time a day without a session takes a tenth of one with it</source>
        <translation>Theta: Dollar, die der nächste Kalendertag nimmt, 24 Stunden ab jetzt, in der Restlaufzeit der Einstellungen: In Handelszeit nimmt ein Tag ohne Handel ein Zehntel von einem mit Handel</translation>
    </message>
    <message>
        <source>connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Connected and speaking, or why not</source>
        <translation>Verbunden und im Gespräch, oder warum nicht</translation>
    </message>
    <message>
        <source>last data</source>
        <translation>letzte Daten</translation>
    </message>
    <message>
        <source>How long ago something came</source>
        <translation>Wie lange es her ist, dass etwas kam</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>From the last question to its answer; quotes answer nothing</source>
        <translation>Von der letzten Frage bis zu ihrer Antwort; Kurse antworten nicht</translation>
    </message>
    <message>
        <source>per second</source>
        <translation>je Sekunde</translation>
    </message>
    <message>
        <source>Messages or events a second</source>
        <translation>Nachrichten oder Ereignisse je Sekunde</translation>
    </message>
    <message>
        <source>count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Messages, events or requests since the start</source>
        <translation>Nachrichten, Ereignisse oder Anfragen seit dem Start</translation>
    </message>
    <message>
        <source>reconnects</source>
        <translation>Neuverbindungen</translation>
    </message>
    <message>
        <source>How often it was lost and opened again</source>
        <translation>Wie oft sie verloren ging und wieder geöffnet wurde</translation>
    </message>
    <message>
        <source>gaps</source>
        <translation>Lücken</translation>
    </message>
    <message>
        <source>Instruments of which nothing came while others streamed</source>
        <translation>Instrumente, von denen nichts kam, während andere strömten</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>Whether it is watched</source>
        <translation>Ob sie beobachtet wird</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>Messgröße</translation>
    </message>
    <message>
        <source>when</source>
        <translation>wenn</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>The figure of this moment</source>
        <translation>Der Wert in diesem Augenblick</translation>
    </message>
    <message>
        <source>desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Shows a message of the desktop&apos;s</source>
        <translation>Zeigt eine Meldung des Desktops</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Plays a sound</source>
        <translation>Spielt einen Ton</translation>
    </message>
    <message>
        <source>webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Calls the webhook below</source>
        <translation>Ruft den Webhook unten auf</translation>
    </message>
    <message>
        <source>alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>What it came from</source>
        <translation>Woher er kam</translation>
    </message>
    <message>
        <source>profit of</source>
        <translation>G&amp;V von</translation>
    </message>
    <message>
        <source>total</source>
        <translation>gesamt</translation>
    </message>
    <message>
        <source>Dollars; the columns behind it add up to it, to the cent</source>
        <translation>Dollar; die Spalten dahinter ergeben zusammen diesen Betrag, auf den Cent</translation>
    </message>
    <message>
        <source>β Δ $</source>
        <translation>β Δ $</translation>
    </message>
    <message>
        <source>Beta-weighted dollar delta: the dollars of the index that would move alike</source>
        <translation>Betagewichtetes Dollar-Delta: die Dollar im Index, die sich gleich bewegen würden</translation>
    </message>
    <message>
        <source>contracts</source>
        <translation>Kontrakte</translation>
    </message>
    <message>
        <source>Long and short together</source>
        <translation>Long und Short zusammen</translation>
    </message>
    <message>
        <source>margin Reg-T</source>
        <translation>Margin Reg-T</translation>
    </message>
    <message>
        <source>What the positions bind by the rules of Regulation T and CBOE, ours, dollars</source>
        <translation>Was die Positionen nach den Regeln von Regulation T und CBOE binden, eigene Rechnung, Dollar</translation>
    </message>
    <message>
        <source>portfolio</source>
        <translation>Portfolio</translation>
    </message>
    <message>
        <source>What they would bind under portfolio margin, by the broker&apos;s house moves; an estimate</source>
        <translation>Was sie unter Portfolio-Margin bänden, mit den Hausbewegungen des Brokers; eine Schätzung</translation>
    </message>
    <message>
        <source>since</source>
        <translation>seit</translation>
    </message>
    <message>
        <source>The day that the regime came into force</source>
        <translation>Der Tag, an dem das Regime begann</translation>
    </message>
    <message>
        <source>regime</source>
        <translation>Regime</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>Trading days that it lasted</source>
        <translation>Handelstage, die es dauerte</translation>
    </message>
    <message>
        <source>index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>What the index did meanwhile</source>
        <translation>Was der Index in dieser Zeit tat</translation>
    </message>
    <message>
        <source>method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>VaR</source>
        <translation>VaR</translation>
    </message>
    <message>
        <source>Value at risk, dollars: only one day in twenty loses more, at 95 %</source>
        <translation>Value at Risk, Dollar: nur ein Tag von zwanzig verliert mehr, bei 95 %</translation>
    </message>
    <message>
        <source>of net liq</source>
        <translation>% Netto</translation>
    </message>
    <message>
        <source>Value at risk of net liquidation</source>
        <translation>Value at Risk vom Nettowert</translation>
    </message>
    <message>
        <source>ES</source>
        <translation>ES</translation>
    </message>
    <message>
        <source>Expected shortfall, dollars: what those worse days lose on average</source>
        <translation>Expected Shortfall, Dollar: was diese schlechteren Tage im Mittel verlieren</translation>
    </message>
    <message>
        <source>± error</source>
        <translation>± Fehler</translation>
    </message>
    <message>
        <source>Standard error of the value at risk, dollars, from the number of days drawn</source>
        <translation>Standardfehler des Value at Risk, Dollar, aus der Zahl der gezogenen Tage</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>underlying</source>
        <translation>Basiswert</translation>
    </message>
    <message>
        <source>Armed ones enter, hedge and exit; paused ones enter nothing</source>
        <translation>Scharfe eröffnen, sichern und schließen; pausierte eröffnen nichts</translation>
    </message>
    <message>
        <source>Of its open trade, after fees</source>
        <translation>Ihres offenen Geschäfts, nach Gebühren</translation>
    </message>
    <message>
        <source>closed P&amp;L</source>
        <translation>G&amp;V geschl.</translation>
    </message>
    <message>
        <source>Of its closed trades, after fees</source>
        <translation>Ihrer geschlossenen Geschäfte, nach Gebühren</translation>
    </message>
    <message>
        <source>trades</source>
        <translation>Geschäfte</translation>
    </message>
    <message>
        <source>How many it has opened</source>
        <translation>Wie viele sie eröffnet hat</translation>
    </message>
    <message>
        <source>doing</source>
        <translation>tut</translation>
    </message>
    <message>
        <source>What it does or waits for</source>
        <translation>Was sie tut oder worauf sie wartet</translation>
    </message>
    <message>
        <source>what</source>
        <translation>was</translation>
    </message>
    <message>
        <source>said</source>
        <translation>gesagt</translation>
    </message>
    <message>
        <source>After fees; of an open one at the marks</source>
        <translation>Nach Gebühren; eines offenen zu den Marken</translation>
    </message>
    <message>
        <source>entered</source>
        <translation>eröffnet als</translation>
    </message>
    <message>
        <source>left because</source>
        <translation>verlassen, weil</translation>
    </message>
    <message>
        <source>picked from</source>
        <translation>gewählt ab</translation>
    </message>
    <message>
        <source>First day that was picked on</source>
        <translation>Erster Tag, nach dem gewählt wurde</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Last day that was picked on</source>
        <translation>Letzter Tag, nach dem gewählt wurde</translation>
    </message>
    <message>
        <source>traded from</source>
        <translation>gehandelt ab</translation>
    </message>
    <message>
        <source>First day that was traded</source>
        <translation>Erster Tag, der gehandelt wurde</translation>
    </message>
    <message>
        <source>Last day that was traded</source>
        <translation>Letzter Tag, der gehandelt wurde</translation>
    </message>
    <message>
        <source>in sample</source>
        <translation>in der Stichprobe</translation>
    </message>
    <message>
        <source>What was picked by, on the days picked on</source>
        <translation>Wonach gewählt wurde, an den Tagen der Wahl</translation>
    </message>
    <message>
        <source>out of sample</source>
        <translation>außerhalb</translation>
    </message>
    <message>
        <source>The same on the days traded</source>
        <translation>Dasselbe an den gehandelten Tagen</translation>
    </message>
    <message>
        <source>Dollars, of the days traded</source>
        <translation>Dollar, der gehandelten Tage</translation>
    </message>
    <message>
        <source>picked</source>
        <translation>gewählt</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Weight in the index; only the proportions of the members that are known count</source>
        <translation>Gewicht im Index; es zählt nur das Verhältnis der Mitglieder, die bekannt sind</translation>
    </message>
    <message>
        <source>implied</source>
        <translation>implizit</translation>
    </message>
    <message>
        <source>Implied volatility at the money of 30 days, per year</source>
        <translation>Implizite Volatilität am Geld für 30 Tage, pro Jahr</translation>
    </message>
    <message>
        <source>21 d</source>
        <translation>21 T</translation>
    </message>
    <message>
        <source>Realised volatility of the last 21 completed days, per year</source>
        <translation>Realisierte Volatilität der letzten 21 abgeschlossenen Tage, pro Jahr</translation>
    </message>
    <message>
        <source>63 d</source>
        <translation>63 T</translation>
    </message>
    <message>
        <source>Realised volatility of the last 63 completed days, per year</source>
        <translation>Realisierte Volatilität der letzten 63 abgeschlossenen Tage, pro Jahr</translation>
    </message>
    <message>
        <source>New York</source>
        <translation>New York</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>spot</source>
        <translation>Kurs</translation>
    </message>
    <message>
        <source>Shares per dollar, of what is held after it</source>
        <translation>Aktien je Dollar, von dem, was danach gehalten wird</translation>
    </message>
    <message>
        <source>Δ before</source>
        <translation>Δ vorher</translation>
    </message>
    <message>
        <source>Net, in shares</source>
        <translation>Netto, in Aktien</translation>
    </message>
    <message>
        <source>Δ after</source>
        <translation>Δ nachher</translation>
    </message>
    <message>
        <source>traded</source>
        <translation>gehandelt</translation>
    </message>
    <message>
        <source>price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>Per share</source>
        <translation>Je Aktie</translation>
    </message>
    <message>
        <source>band</source>
        <translation>Band</translation>
    </message>
    <message>
        <source>Half-width in shares that asked for the hedge; 0 of one by the clock</source>
        <translation>Halbe Breite in Aktien, die die Absicherung verlangt hat; 0 bei einer nach der Uhr</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Dollars: against the mark, and fees</source>
        <translation>Dollar: gegen den Wert, und Gebühren</translation>
    </message>
    <message>
        <source>½ΓS²[…]</source>
        <translation>½ΓS²[…]</translation>
    </message>
    <message>
        <source>½ΓS²[(ΔS/S)² − σ²Δt]: what gamma earned less what it was paid with</source>
        <translation>½ΓS²[(ΔS/S)² − σ²Δt]: was Gamma eingebracht hat, abzüglich dessen, womit es bezahlt wurde</translation>
    </message>
    <message>
        <source>unhedged</source>
        <translation>ungesichert</translation>
    </message>
    <message>
        <source>Net delta times the move beyond carry</source>
        <translation>Nettodelta mal die Bewegung über die Haltekosten hinaus</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>Rest</translation>
    </message>
    <message>
        <source>What neither explains: implied volatility, third order, marks beside the model</source>
        <translation>Was keines von beiden erklärt: implizite Volatilität, dritte Ordnung, Werte neben dem Modell</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>abgewickelt</translation>
    </message>
    <message>
        <source>Expiry, exercise and assignment against the mark</source>
        <translation>Verfall, Ausübung und Zuteilung gegen den Wert</translation>
    </message>
    <message>
        <source>By the books, financing included; the five columns cost to settled add up to it</source>
        <translation>Nach den Büchern, mit Finanzierung; die fünf Spalten von Kosten bis abgewickelt ergeben es</translation>
    </message>
    <message>
        <source>held</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>Contracts or shares; below 0 sold short</source>
        <translation>Kontrakte oder Aktien; unter 0 leer verkauft</translation>
    </message>
    <message>
        <source>contract</source>
        <translation>Kontrakt</translation>
    </message>
    <message>
        <source>opened at</source>
        <translation>eröffnet zu</translation>
    </message>
    <message>
        <source>Per share, on average</source>
        <translation>Je Aktie, im Mittel</translation>
    </message>
    <message>
        <source>bid</source>
        <translation>Geld</translation>
    </message>
    <message>
        <source>ask</source>
        <translation>Brief</translation>
    </message>
    <message>
        <source>Implied volatility of its own quote, a year</source>
        <translation>Implizite Volatilität der eigenen Quote, je Jahr</translation>
    </message>
    <message>
        <source>call bid</source>
        <translation>Call-Geld</translation>
    </message>
    <message>
        <source>put bid</source>
        <translation>Put-Geld</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>What the probability is of, 21 trading days ahead</source>
        <translation>Wovon die Wahrscheinlichkeit ist, 21 Handelstage voraus</translation>
    </message>
    <message>
        <source>verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Whether it did better than chance on days that it had not learnt from</source>
        <translation>Ob es an Tagen, von denen es nicht gelernt hatte, besser als der Zufall war</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>Area under the ROC curve, out of sample: 0.5 is chance</source>
        <translation>Fläche unter der ROC-Kurve, außerhalb der Stichprobe: 0,5 ist Zufall</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>Interval of that area by a block bootstrap</source>
        <translation>Intervall dieser Fläche durch einen Block-Bootstrap</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>Part of shuffled answers that did as well</source>
        <translation>Anteil vertauschter Antworten, die ebenso gut waren</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>Probability of yes for the coming session</source>
        <translation>Wahrscheinlichkeit von Ja für die kommende Sitzung</translation>
    </message>
    <message>
        <source>trained until</source>
        <translation>gelernt bis</translation>
    </message>
    <message>
        <source>The last day that it learnt from: until then it says no forecast</source>
        <translation>Der letzte Tag, von dem es gelernt hat: bis dahin sagt es nichts voraus</translation>
    </message>
    <message>
        <source>feature</source>
        <translation>Merkmal</translation>
    </message>
    <message>
        <source>What the trees look at, by the close of the day before</source>
        <translation>Worauf die Bäume schauen, bis zum Schluss des Vortags</translation>
    </message>
    <message>
        <source>of all gain</source>
        <translation>des Gewinns</translation>
    </message>
    <message>
        <source>On the rows that were learnt from: not what holds</source>
        <translation>An den Zeilen, von denen gelernt wurde: nicht, was Bestand hat</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>stopped by hand</source>
        <translation>von Hand angehalten</translation>
    </message>
    <message>
        <source>resumed by hand</source>
        <translation>von Hand fortgesetzt</translation>
    </message>
    <message>
        <source>Trading is halted: only cancels, and closes that a person asks for, go through.</source>
        <translation>Der Handel ist angehalten: nur Stornos und von Hand verlangte Schließungen gehen durch.</translation>
    </message>
    <message>
        <source>Only orders that cannot add risk are taken now.</source>
        <translation>Jetzt gehen nur Orders durch, die kein Risiko hinzufügen können.</translation>
    </message>
    <message>
        <source>%1 orders are working in %2; with more than %3 no new risk is taken there.</source>
        <translation>In %2 sind %1 Orders aktiv; ab mehr als %3 wird dort kein neues Risiko eingegangen.</translation>
    </message>
    <message>
        <source>Our books of %1 and the broker&apos;s differ: no new risk there until the difference has been looked at.</source>
        <translation>Unsere Bücher zu %1 und die des Brokers weichen ab: dort kein neues Risiko, bis die Abweichung angesehen wurde.</translation>
    </message>
    <message>
        <source>Today&apos;s loss is not known: net liquidation now or at the session&apos;s start is missing.</source>
        <translation>Der heutige Verlust ist nicht bekannt: der Nettowert jetzt oder zu Beginn der Sitzung fehlt.</translation>
    </message>
    <message>
        <source>Today&apos;s loss of %1 % has reached the stop at %2 %: only closing orders until the next session.</source>
        <translation>Der heutige Verlust von %1 % hat den Stopp bei %2 % erreicht: bis zur nächsten Sitzung nur schließende Orders.</translation>
    </message>
    <message>
        <source>Today&apos;s loss of %1 % has reached %2 %: no new risk today.</source>
        <translation>Der heutige Verlust von %1 % hat %2 % erreicht: heute kein neues Risiko.</translation>
    </message>
    <message>
        <source>The limits cannot be checked: %1 is not known.</source>
        <translation>Die Grenzen lassen sich nicht prüfen: nicht bekannt ist %1.</translation>
    </message>
    <message>
        <source>The limits cannot be checked: %1 and %2 more are not known.</source>
        <translation>Die Grenzen lassen sich nicht prüfen: nicht bekannt sind %1 und %2 weitere.</translation>
    </message>
    <message>
        <source>The position in %1 would be %2 % of net liquidation, measured by the premium paid; the limit is %3 %.</source>
        <translation>Die Position in %1 wäre %2 % des Nettowerts, gemessen an der gezahlten Prämie; die Grenze ist %3 %.</translation>
    </message>
    <message>
        <source>The position in %1 would be %2 % of net liquidation, measured by its worst stress loss; the limit is %3 %.</source>
        <translation>Die Position in %1 wäre %2 % des Nettowerts, gemessen am schlimmsten Stressverlust; die Grenze ist %3 %.</translation>
    </message>
    <message>
        <source>The position in %1 would be %2 % of net liquidation, measured by its margin requirement; the limit is %3 %.</source>
        <translation>Die Position in %1 wäre %2 % des Nettowerts, gemessen an der Margin; die Grenze ist %3 %.</translation>
    </message>
    <message>
        <source>Leverage would be %1x net liquidation; the limit is %2x.</source>
        <translation>Der Hebel wäre %1x des Nettowerts; die Grenze ist %2x.</translation>
    </message>
    <message>
        <source>Buying power cannot be checked: it, or what the order needs, is not known.</source>
        <translation>Die Kaufkraft lässt sich nicht prüfen: sie oder der Bedarf der Order ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The order needs about %1 of buying power; %2 is there.</source>
        <translation>Die Order braucht etwa %1 Kaufkraft; vorhanden sind %2.</translation>
    </message>
    <message>
        <source>The same order was approved %1 s ago; again after %2 s.</source>
        <translation>Dieselbe Order wurde vor %1 s freigegeben; wieder nach %2 s.</translation>
    </message>
    <message>
        <source>An order has 1 to 4 legs, not %1.</source>
        <translation>Eine Order hat 1 bis 4 Beine, nicht %1.</translation>
    </message>
    <message>
        <source>A quantity of %1 %2 is not possible; 1 to %3 are.</source>
        <translation>Eine Menge von %1 %2 ist nicht möglich; 1 bis %3 sind es.</translation>
    </message>
    <message>
        <source>%1 is in the order twice.</source>
        <translation>%1 steht zweimal in der Order.</translation>
    </message>
    <message>
        <source>An order has either one leg of shares or up to four legs of options.</source>
        <translation>Eine Order hat entweder ein Bein in Aktien oder bis zu vier Beine in Optionen.</translation>
    </message>
    <message>
        <source>%1 is not a known instrument.</source>
        <translation>%1 ist kein bekanntes Instrument.</translation>
    </message>
    <message>
        <source>%1 cannot be traded here: only shares and equity or index options can.</source>
        <translation>%1 ist hier nicht handelbar: nur Aktien und Aktien- oder Indexoptionen sind es.</translation>
    </message>
    <message>
        <source>%1 belongs to %2, the order is for %3.</source>
        <translation>%1 gehört zu %2, die Order ist für %3.</translation>
    </message>
    <message>
        <source>%1 has expired.</source>
        <translation>%1 ist verfallen.</translation>
    </message>
    <message>
        <source>The market of %1 is closed.</source>
        <translation>Der Markt von %1 ist geschlossen.</translation>
    </message>
    <message>
        <source>%1 is held short: a buy would close, not open.</source>
        <translation>%1 ist verkauft gehalten: ein Kauf würde schließen, nicht öffnen.</translation>
    </message>
    <message>
        <source>%1 is held long: a sale would close, not open.</source>
        <translation>%1 ist gekauft gehalten: ein Verkauf würde schließen, nicht öffnen.</translation>
    </message>
    <message>
        <source>%1 of %2 cannot be closed: %3 held less what working orders close already.</source>
        <translation>%1 von %2 lassen sich nicht schließen: gehalten sind %3, abzüglich dessen, was aktive Orders schon schließen.</translation>
    </message>
    <message>
        <source>A price of %1 is not possible: it must be above 0.</source>
        <translation>Ein Preis von %1 ist nicht möglich: er muss über 0 liegen.</translation>
    </message>
    <message>
        <source>A stop trigger of %1 is not possible: it must be above 0.</source>
        <translation>Ein Stop-Auslöser von %1 ist nicht möglich: er muss über 0 liegen.</translation>
    </message>
    <message>
        <source>The price %1 is not a multiple of the tick %2.</source>
        <translation>Der Preis %1 ist kein Vielfaches des Ticks %2.</translation>
    </message>
    <message>
        <source>The stop trigger %1 is not a multiple of the tick %2.</source>
        <translation>Der Stop-Auslöser %1 ist kein Vielfaches des Ticks %2.</translation>
    </message>
    <message>
        <source>A limit order needs a price.</source>
        <translation>Eine Limitorder braucht einen Preis.</translation>
    </message>
    <message>
        <source>This type of order takes no price.</source>
        <translation>Diese Orderart nimmt keinen Preis.</translation>
    </message>
    <message>
        <source>A stop order needs a trigger.</source>
        <translation>Eine Stop-Order braucht einen Auslöser.</translation>
    </message>
    <message>
        <source>This type of order takes no stop trigger.</source>
        <translation>Diese Orderart nimmt keinen Stop-Auslöser.</translation>
    </message>
    <message>
        <source>The price must say whether it is paid or received.</source>
        <translation>Der Preis muss sagen, ob er gezahlt oder erhalten wird.</translation>
    </message>
    <message>
        <source>An order that only buys cannot be for a credit.</source>
        <translation>Eine Order, die nur kauft, kann keine Einnahme bringen.</translation>
    </message>
    <message>
        <source>An order that only sells cannot be for a debit.</source>
        <translation>Eine Order, die nur verkauft, kann nichts kosten.</translation>
    </message>
    <message>
        <source>A spread can only be a limit order.</source>
        <translation>Ein Spread kann nur eine Limitorder sein.</translation>
    </message>
    <message>
        <source>A market order cannot stay for other days.</source>
        <translation>Eine Marktorder kann nicht über den Tag hinaus bleiben.</translation>
    </message>
    <message>
        <source>An order good till a date needs that date.</source>
        <translation>Eine Order bis zu einem Datum braucht dieses Datum.</translation>
    </message>
    <message>
        <source>This order takes no date.</source>
        <translation>Diese Order nimmt kein Datum.</translation>
    </message>
    <message>
        <source>%1 has passed.</source>
        <translation>%1 ist vorbei.</translation>
    </message>
    <message>
        <source>The legs&apos; multipliers differ or are not positive.</source>
        <translation>Die Multiplikatoren der Beine sind verschieden oder nicht positiv.</translation>
    </message>
    <message>
        <source>The quote of %1 is too old.</source>
        <translation>Die Quotierung von %1 ist zu alt.</translation>
    </message>
    <message>
        <source>The quote of %1 is crossed.</source>
        <translation>Die Quotierung von %1 ist gekreuzt.</translation>
    </message>
    <message>
        <source>The quote of %1 is not valid.</source>
        <translation>Die Quotierung von %1 ist ungültig.</translation>
    </message>
    <message>
        <source>A bid or ask that the order would trade at is not known.</source>
        <translation>Ein Geld oder Brief, zu dem die Order handeln würde, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The limit is %1 beyond its trigger; at most %2 is allowed.</source>
        <translation>Das Limit liegt %1 jenseits seines Auslösers; erlaubt sind höchstens %2.</translation>
    </message>
    <message>
        <source>The other side of the quote is not known: use a limit.</source>
        <translation>Die andere Seite der Quotierung ist nicht bekannt: nehmen Sie ein Limit.</translation>
    </message>
    <message>
        <source>A market order would trade %1 away from the mid; at most %2 is allowed. Use a limit.</source>
        <translation>Eine Marktorder würde %1 von der Mitte entfernt handeln; erlaubt sind höchstens %2. Nehmen Sie ein Limit.</translation>
    </message>
    <message>
        <source>The price is %1 worse than the market&apos;s %2 debit; at most %3 is allowed.</source>
        <translation>Der Preis ist um %1 schlechter als die %2, die der Markt verlangt; erlaubt sind höchstens %3.</translation>
    </message>
    <message>
        <source>The price is %1 worse than the market&apos;s %2 credit; at most %3 is allowed.</source>
        <translation>Der Preis ist um %1 schlechter als die %2, die der Markt zahlt; erlaubt sind höchstens %3.</translation>
    </message>
    <message>
        <source>The market asks a debit of %1, the order says credit.</source>
        <translation>Der Markt verlangt eine Zahlung von %1, die Order nennt eine Einnahme.</translation>
    </message>
    <message>
        <source>The market asks a credit of %1, the order says debit.</source>
        <translation>Der Markt zahlt eine Einnahme von %1, die Order nennt eine Zahlung.</translation>
    </message>
    <message>
        <source>a new session has begun</source>
        <translation>eine neue Sitzung hat begonnen</translation>
    </message>
    <message>
        <source>the day&apos;s loss of %1 % has reached the stop at %2 %: only closes until the next session</source>
        <translation>der Tagesverlust von %1 % hat den Stopp bei %2 % erreicht: bis zur nächsten Sitzung nur Schließungen</translation>
    </message>
    <message>
        <source>The account&apos;s positions and balances are not known yet.</source>
        <translation>Positionen und Salden des Kontos sind noch nicht bekannt.</translation>
    </message>
    <message>
        <source>Quotes have stopped: no new risk until they are back.</source>
        <translation>Es kommen keine Kurse mehr: kein neues Risiko, bis sie wieder da sind.</translation>
    </message>
    <message>
        <source>To trade at these prices, this order and the working ones, would cost %1 against the mid: more than net liquidation.</source>
        <translation>Zu diesen Preisen kosteten diese Order und die laufenden zusammen %1 gegenüber der Mitte: mehr als der Nettowert.</translation>
    </message>
    <message>
        <source>The quote of %1 has not changed for a while: the market may be elsewhere by now.</source>
        <translation>Der Kurs von %1 hat sich eine Weile nicht geändert: Der Markt kann inzwischen woanders sein.</translation>
    </message>
    <message>
        <source>Nobody pays anything for %1 now: use a limit.</source>
        <translation>Für %1 zahlt jetzt niemand etwas: Nehmen Sie ein Limit.</translation>
    </message>
    <message>
        <source>something could not be reckoned with</source>
        <translation>Mit etwas ließ sich nicht rechnen</translation>
    </message>
    <message>
        <source>Leaves %1 short call uncovered: unlimited loss.</source>
        <translation>Lässt %1 leer verkauften Call ungedeckt: unbegrenzter Verlust.</translation>
    </message>
    <message>
        <source>Leaves %1 short calls uncovered: unlimited loss.</source>
        <translation>Lässt %1 leer verkaufte Calls ungedeckt: unbegrenzter Verlust.</translation>
    </message>
    <message>
        <source>Leaves %1 short shares uncovered: unlimited loss.</source>
        <translation>Lässt %1 leer verkaufte Aktien ungedeckt: unbegrenzter Verlust.</translation>
    </message>
    <message>
        <source>Leaves %1 short put uncovered: it loses until the price is 0.</source>
        <translation>Lässt %1 leer verkauften Put ungedeckt: Er verliert, bis der Kurs 0 ist.</translation>
    </message>
    <message>
        <source>Leaves %1 short puts uncovered: they lose until the price is 0.</source>
        <translation>Lässt %1 leer verkaufte Puts ungedeckt: Sie verlieren, bis der Kurs 0 ist.</translation>
    </message>
    <message>
        <source>The price of %1 is too old to measure new risk by.</source>
        <translation>Der Preis von %1 ist zu alt, um neues Risiko daran zu messen.</translation>
    </message>
    <message>
        <source>The option prices of %1 are too old to measure new risk by.</source>
        <translation>Die Optionspreise von %1 sind zu alt, um neues Risiko daran zu messen.</translation>
    </message>
    <message>
        <source>Orders with real money are not armed. Arm them in the toolbar first.</source>
        <translation>Aufträge mit echtem Geld sind nicht scharf. Erst in der Werkzeugleiste scharf schalten.</translation>
    </message>
    <message>
        <source>the connection to the account is down</source>
        <translation>die Verbindung zum Konto ist unterbrochen</translation>
    </message>
    <message>
        <source>quotes have stopped</source>
        <translation>es kommen keine Kurse mehr</translation>
    </message>
    <message>
        <source>the session is over</source>
        <translation>die Sitzung ist vorbei</translation>
    </message>
    <message>
        <source>trading was halted</source>
        <translation>der Handel wurde angehalten</translation>
    </message>
    <message>
        <source>the daily loss limit was reached</source>
        <translation>die Grenze des Tagesverlusts wurde erreicht</translation>
    </message>
    <message>
        <source>nothing was sent for an hour</source>
        <translation>eine Stunde lang wurde nichts gesendet</translation>
    </message>
    <message>
        <source>nobody has armed them in this session</source>
        <translation>in dieser Sitzung hat sie niemand scharf geschaltet</translation>
    </message>
    <message>
        <source>disarmed by hand</source>
        <translation>von Hand entschärft</translation>
    </message>
    <message>
        <source>Only price, type and time in force of a working order can change; for other legs or quantities cancel it and send a new one.</source>
        <translation>Bei einem laufenden Auftrag können sich nur Preis, Art und Gültigkeit ändern; für andere Beine oder Mengen stornieren und einen neuen senden.</translation>
    </message>
    <message>
        <source>Nothing of the order would change.</source>
        <translation>Am Auftrag würde sich nichts ändern.</translation>
    </message>
    <message>
        <source>At most %1 orders a minute are sent: the next one may go in %2 s.</source>
        <translation>Höchstens %1 Aufträge je Minute werden gesendet: der nächste darf in %2 s hinaus.</translation>
    </message>
    <message>
        <source>The order is not known any more.</source>
        <translation>Der Auftrag ist nicht mehr bekannt.</translation>
    </message>
    <message>
        <source>Only a working order of which nothing has filled can be changed.</source>
        <translation>Nur ein laufender Auftrag, von dem nichts ausgeführt ist, kann geändert werden.</translation>
    </message>
    <message>
        <source>The broker could not be asked to check the order, so it was not sent: %1.</source>
        <translation>Der Broker konnte nicht um Prüfung des Auftrags gebeten werden, daher wurde er nicht gesendet: %1.</translation>
    </message>
    <message>
        <source>The broker would not take the order: %1</source>
        <translation>Der Broker würde den Auftrag nicht annehmen: %1</translation>
    </message>
    <message>
        <source>The broker did not check the order in time, so it was not sent.</source>
        <translation>Der Broker hat den Auftrag nicht rechtzeitig geprüft, daher wurde er nicht gesendet.</translation>
    </message>
    <message>
        <source>Everything is being cancelled: the order was not sent.</source>
        <translation>Alles wird storniert: der Auftrag wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>A bracket is an opening order and its one or two closes.</source>
        <translation>Ein Bracket ist ein eröffnender Auftrag und seine ein oder zwei Schließungen.</translation>
    </message>
    <message>
        <source>One of two that cancel each other needs two orders.</source>
        <translation>Zwei, die einander stornieren, brauchen zwei Aufträge.</translation>
    </message>
    <message>
        <source>Two orders that cancel each other must be for the same legs: one of both fills, and counts.</source>
        <translation>Zwei Aufträge, die einander stornieren, müssen dieselben Beine haben: einer von beiden wird ausgeführt, und zählt.</translation>
    </message>
    <message>
        <source>The orders of a bracket, and two that cancel each other, can only close.</source>
        <translation>Die Aufträge eines Brackets, und zwei, die einander stornieren, können nur schließen.</translation>
    </message>
    <message>
        <source>The first order of a bracket can only open.</source>
        <translation>Der erste Auftrag eines Brackets kann nur eröffnen.</translation>
    </message>
    <message>
        <source>The closes of a bracket must be for exactly what its first order opens.</source>
        <translation>Die Schließungen eines Brackets müssen genau das betreffen, was sein erster Auftrag eröffnet.</translation>
    </message>
    <message>
        <source>The strategy was stopped: the order was not sent.</source>
        <translation>Die Strategie wurde angehalten: der Auftrag wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>Orders that depend on each other say how many shares: what a value buys is not known before.</source>
        <translation>Aufträge, die voneinander abhängen, nennen die Zahl der Aktien: was ein Betrag kauft, ist vorher nicht bekannt.</translation>
    </message>
    <message>
        <source>The legs of an order in %1 have not filled alike: no new risk there until they have, or until it has been looked at.</source>
        <translation>Die Beine eines Auftrags in %1 sind ungleich ausgeführt: dort kein neues Risiko, bis sie gleich sind oder jemand es angesehen hat.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock and the broker&apos;s are %1 s apart: with more than %2 s nothing is opened in options that expire today.</source>
        <translation>Die Uhr dieses Rechners und die des Brokers liegen %1 s auseinander: bei mehr als %2 s wird nichts in Optionen eröffnet, die heute verfallen.</translation>
    </message>
    <message>
        <source>An order for a value has one leg, of shares.</source>
        <translation>Ein Auftrag über einen Betrag hat ein Bein, aus Aktien.</translation>
    </message>
    <message>
        <source>An order for a value does not say how many shares.</source>
        <translation>Ein Auftrag über einen Betrag nennt keine Zahl von Aktien.</translation>
    </message>
    <message>
        <source>An order for a value is for %1 to %2 dollars.</source>
        <translation>Ein Auftrag über einen Betrag lautet auf %1 bis %2 Dollar.</translation>
    </message>
    <message>
        <source>An order for a value is for the day.</source>
        <translation>Ein Auftrag über einen Betrag gilt für den Tag.</translation>
    </message>
    <message>
        <source>Only an order for a value takes one.</source>
        <translation>Nur ein Auftrag über einen Betrag nimmt einen Betrag an.</translation>
    </message>
    <message>
        <source>%1 of %2 is not possible: contracts are traded whole.</source>
        <translation>%1 von %2 ist nicht möglich: Kontrakte werden ganz gehandelt.</translation>
    </message>
    <message>
        <source>%1 of %2 is no whole number of shares: fractions are traded by market orders only.</source>
        <translation>%1 von %2 ist keine ganze Zahl von Aktien: Bruchteile werden nur mit Marktaufträgen gehandelt.</translation>
    </message>
    <message>
        <source>A stop that opens a position cannot stay for other days: give it a limit.</source>
        <translation>Ein Stop, der eine Position eröffnet, kann nicht über den Tag hinaus bleiben: ihm ein Limit geben.</translation>
    </message>
    <message>
        <source>The market is at %1: a stop that buys needs a trigger above that, or it would trade at once. The trigger is %2.</source>
        <translation>Der Markt steht bei %1: ein kaufender Stop braucht einen Auslöser darüber, sonst würde er sofort handeln. Der Auslöser ist %2.</translation>
    </message>
    <message>
        <source>The market is at %1: a stop that sells needs a trigger below that, or it would trade at once. The trigger is %2.</source>
        <translation>Der Markt steht bei %1: ein verkaufender Stop braucht einen Auslöser darunter, sonst würde er sofort handeln. Der Auslöser ist %2.</translation>
    </message>
    <message>
        <source>The middle of the quote of %1 is not known, which a stop is compared with.</source>
        <translation>Die Mitte der Kurse von %1, mit der ein Stop verglichen wird, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 is not held: only what is held is sold for an amount, or in fractions.</source>
        <translation>%1 wird nicht gehalten: nur Gehaltenes wird für einen Betrag oder in Bruchteilen verkauft.</translation>
    </message>
    <message>
        <source>stopped in the watchdog</source>
        <translation>im Wächter angehalten</translation>
    </message>
    <message>
        <source>%1, %2: %3 %, above %4 %.</source>
        <translation>%1, %2: %3 %, über %4 %.</translation>
    </message>
    <message>
        <source>%1, %2: %3 %, below %4 %.</source>
        <translation>%1, %2: %3 %, unter %4 %.</translation>
    </message>
    <message>
        <source>%1, %2: %3, above %4.</source>
        <translation>%1, %2: %3, über %4.</translation>
    </message>
    <message>
        <source>%1, %2: %3, below %4.</source>
        <translation>%1, %2: %3, unter %4.</translation>
    </message>
    <message>
        <source>%1: %2 %, above %3 %.</source>
        <translation>%1: %2 %, über %3 %.</translation>
    </message>
    <message>
        <source>%1: %2 %, below %3 %.</source>
        <translation>%1: %2 %, unter %3 %.</translation>
    </message>
    <message>
        <source>%1: %2, above %3.</source>
        <translation>%1: %2, über %3.</translation>
    </message>
    <message>
        <source>%1: %2, below %3.</source>
        <translation>%1: %2, unter %3.</translation>
    </message>
    <message>
        <source>Daily loss</source>
        <translation>Tagesverlust</translation>
    </message>
    <message>
        <source>Leverage</source>
        <translation>Hebel</translation>
    </message>
    <message>
        <source>Largest position</source>
        <translation>Größte Position</translation>
    </message>
    <message>
        <source>Buying power used</source>
        <translation>Genutzte Kaufkraft</translation>
    </message>
    <message>
        <source>Value at risk</source>
        <translation>Value at Risk</translation>
    </message>
    <message>
        <source>Expected shortfall</source>
        <translation>Expected Shortfall</translation>
    </message>
    <message>
        <source>Stress loss</source>
        <translation>Stressverlust</translation>
    </message>
    <message>
        <source>Probability of the stressed regime</source>
        <translation>Wahrsch. Stressregime</translation>
    </message>
    <message>
        <source>Net liquidation</source>
        <translation>Nettowert</translation>
    </message>
    <message>
        <source>Profit today</source>
        <translation>G&amp;V heute</translation>
    </message>
    <message>
        <source>Theta a day</source>
        <translation>Theta je Tag</translation>
    </message>
    <message>
        <source>Vega a point</source>
        <translation>Vega je Punkt</translation>
    </message>
    <message>
        <source>Dollar delta</source>
        <translation>Dollar-Delta</translation>
    </message>
    <message>
        <source>Open profit of an underlying</source>
        <translation>Offene G&amp;V eines Basiswerts</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Kurs</translation>
    </message>
    <message>
        <source>Change since the close</source>
        <translation>Änderung seit Schluss</translation>
    </message>
    <message>
        <source>Orders whose outcome is not known</source>
        <translation>Aufträge mit unklarem Ausgang</translation>
    </message>
    <message>
        <source>Time without a quote</source>
        <translation>Zeit ohne Kurs</translation>
    </message>
    <message>
        <source>%1 goes ex-dividend on %2: %3 short shares owe %4 a share.</source>
        <translation>%1 notiert ab %2 ex Dividende: %3 leer verkaufte Aktien schulden %4 je Aktie.</translation>
    </message>
    <message>
        <source>%1 short %2 will probably be assigned before the ex-date %3: %4 of dividend is more than the %5 that is left of its time value.</source>
        <translation>%1 short %2 wird wahrscheinlich vor dem Ex-Tag %3 zugeteilt: %4 Dividende sind mehr als die %5, die vom Zeitwert bleiben.</translation>
    </message>
    <message>
        <source>%1 long %2 loses more by the dividend of %4 on %3 than the %5 that is left of its time value: exercise or sell it before.</source>
        <translation>%1 long %2 verliert durch die Dividende von %4 am %3 mehr als die %5, die vom Zeitwert bleiben: vorher ausüben oder verkaufen.</translation>
    </message>
    <message>
        <source>%1 short %2 expires today at %4 near its strike: whether it is assigned is open until the evening.</source>
        <translation>%1 short %2 verfällt heute bei %4 nahe am Basispreis: ob zugeteilt wird, ist bis zum Abend offen.</translation>
    </message>
    <message>
        <source>%1 short %2 is in the money at %4 and expires on %3: it will be assigned.</source>
        <translation>%1 short %2 ist bei %4 im Geld und verfällt am %3: es wird zugeteilt.</translation>
    </message>
    <message>
        <source>%1 long %2 is in the money at %4 and expires on %3: it will be exercised.</source>
        <translation>%1 long %2 ist bei %4 im Geld und verfällt am %3: es wird ausgeübt.</translation>
    </message>
    <message>
        <source>Short options in %1 may be assigned within days: %2 of shares at their strikes.</source>
        <translation>Verkaufte Optionen in %1 können in wenigen Tagen zugeteilt werden: Aktien für %2 zu ihren Basispreisen.</translation>
    </message>
    <message>
        <source>What would be required under stress is not known.</source>
        <translation>Was unter Stress verlangt würde, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 % of net liquidation would be tied up; the limit is %2 %.</source>
        <translation>%1 % des Nettowerts wären gebunden; die Grenze ist %2 %.</translation>
    </message>
    <message>
        <source>Should %1 move 15 % and its volatilities rise by half, %2 of buying power would be missing for what would be required then.</source>
        <translation>Bewegte sich %1 um 15 % und stiegen die Volatilitäten um die Hälfte, fehlten %2 Kaufkraft für das, was dann verlangt würde.</translation>
    </message>
    <message>
        <source>What the trade, or the account under stress, could lose is not known.</source>
        <translation>Was das Geschäft oder das Konto unter Stress verlieren könnte, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The trade could lose %1, %2 % of net liquidation; the limit is %3 %.</source>
        <translation>Das Geschäft könnte %1 verlieren, %2 % des Nettowerts; die Grenze ist %3 %.</translation>
    </message>
    <message>
        <source>With everything 15 % lower and volatilities half as high again, the account would lose %1, %2 % of net liquidation; the limit is %3 %.</source>
        <translation>Läge alles 15 % tiefer und wären die Volatilitäten um die Hälfte höher, verlöre das Konto %1, %2 % des Nettowerts; die Grenze ist %3 %.</translation>
    </message>
    <message>
        <source>On one day in twenty the account could lose %1 or more, %2 % of net liquidation; the limit is %3 %.</source>
        <translation>An einem Tag von zwanzig könnte das Konto %1 oder mehr verlieren, %2 % des Nettowerts; die Grenze ist %3 %.</translation>
    </message>
    <message>
        <source>Strategies have %1 positions open; the limit is %2.</source>
        <translation>Strategien haben %1 Positionen offen; die Grenze ist %2.</translation>
    </message>
    <message>
        <source>Should of this order only %1 fill, the position in %2 would be %3 % of net liquidation; the limit is %4 %.</source>
        <translation>Würde von diesem Auftrag nur %1 ausgeführt, wäre die Position in %2 bei %3 % des Nettowerts; die Grenze ist %4 %.</translation>
    </message>
    <message>
        <source>Should of this order only %1 fill, leverage would be %2x net liquidation; the limit is %3x.</source>
        <translation>Würde von diesem Auftrag nur %1 ausgeführt, wäre der Hebel %2x des Nettowerts; die Grenze ist %3x.</translation>
    </message>
    <message>
        <source>the underlying of %1</source>
        <translation>der Basiswert von %1</translation>
    </message>
    <message>
        <source>the underlying&apos;s price of %1</source>
        <translation>der Kurs des Basiswerts von %1</translation>
    </message>
    <message>
        <source>the quantity of %1</source>
        <translation>die Menge von %1</translation>
    </message>
    <message>
        <source>the rate or yield for %1</source>
        <translation>der Zins oder die Rendite für %1</translation>
    </message>
    <message>
        <source>the strike of %1</source>
        <translation>der Basispreis von %1</translation>
    </message>
    <message>
        <source>the expiry of %1</source>
        <translation>der Verfall von %1</translation>
    </message>
    <message>
        <source>the volatility of %1</source>
        <translation>die Volatilität von %1</translation>
    </message>
    <message>
        <source>%1 contracts of %2 are more than an order may open: at most %3.</source>
        <translation>%1 Kontrakte von %2 sind mehr, als ein Auftrag eröffnen darf: höchstens %3.</translation>
    </message>
    <message>
        <source>%1 contracts of %2 are more than %3 times the %4 that are quoted.</source>
        <translation>%1 Kontrakte von %2 sind mehr als das %3-Fache der %4, die im Kurs stehen.</translation>
    </message>
    <message>
        <source>The order trades %1; one order may trade %2.</source>
        <translation>Der Auftrag handelt %1; ein Auftrag darf %2 handeln.</translation>
    </message>
    <message>
        <source>In %1 %2 would be traded today, working orders counted; at most %3 a day.</source>
        <translation>In %1 würden heute %2 gehandelt, laufende Aufträge mitgezählt; höchstens %3 am Tag.</translation>
    </message>
    <message>
        <source>At this price the order cannot gain: at expiry it loses %1 or more.</source>
        <translation>Zu diesem Preis kann der Auftrag nicht gewinnen: bei Verfall verliert er %1 oder mehr.</translation>
    </message>
    <message>
        <source>A call is never worth more than its underlying, which is at %1.</source>
        <translation>Ein Call ist nie mehr wert als sein Basiswert, und der steht bei %1.</translation>
    </message>
    <message>
        <source>The price is %1 worse than the market&apos;s, far more than its spread.</source>
        <translation>Der Preis ist um %1 schlechter als der des Marktes, weit mehr als die Spanne.</translation>
    </message>
    <message>
        <source>%1 orders have left today: no new risk before tomorrow.</source>
        <translation>Heute sind %1 Aufträge hinausgegangen: kein neues Risiko vor morgen.</translation>
    </message>
    <message>
        <source>%1 orders are working: no new risk is taken until there are fewer.</source>
        <translation>%1 Aufträge laufen: kein neues Risiko, bis es weniger sind.</translation>
    </message>
    <message>
        <source>The order has been changed %1 times: cancel it, or leave it as it is.</source>
        <translation>Der Auftrag wurde %1-mal geändert: stornieren, oder so lassen, wie er ist.</translation>
    </message>
    <message>
        <source>The Cornish-Fisher expansion is not monotone for this book: its figure is not to be relied on</source>
        <translation>Die Cornish-Fisher-Entwicklung ist für dieses Buch nicht monoton: auf ihren Wert ist kein Verlass</translation>
    </message>
    <message>
        <source>The methods disagree by more than a quarter: the book&apos;s gamma or its tails matter</source>
        <translation>Die Verfahren weichen um mehr als ein Viertel voneinander ab: das Gamma des Buchs oder seine Ränder zählen</translation>
    </message>
    <message>
        <source>the price history for %1</source>
        <translation>der Kursverlauf von %1</translation>
    </message>
    <message>
        <source>The volatilities of %1 have no history: they are taken to stand still</source>
        <translation>Die Volatilitäten von %1 haben keine Historie: sie gelten als unbewegt</translation>
    </message>
    <message>
        <source>The volatilities of %1 are modelled by the moves of prices, not measured</source>
        <translation>Die Volatilitäten von %1 sind aus den Kursbewegungen modelliert, nicht gemessen</translation>
    </message>
    <message>
        <source>Delta-gamma without vega is not given: the volatilities have no history</source>
        <translation>Delta-Gamma ohne Vega wird nicht angegeben: die Volatilitäten haben keine Historie</translation>
    </message>
    <message>
        <source>the broker has not been reached for %1 s while something is held or working: only closes until somebody resumes</source>
        <translation>der Broker war %1 s lang nicht erreichbar, während etwas gehalten wird oder läuft: nur Schließungen, bis jemand fortsetzt</translation>
    </message>
    <message>
        <source>the broker has rejected %1 orders in a row: only closes until somebody resumes</source>
        <translation>der Broker hat %1 Aufträge in Folge abgelehnt: nur Schließungen, bis jemand fortsetzt</translation>
    </message>
</context>
<context>
    <name>DispersionBasket</name>
    <message>
        <source>a symbol such as SPY: a letter, then letters, digits, points and slashes, 10 at most</source>
        <translation>ein Symbol wie SPY: ein Buchstabe, dann Buchstaben, Ziffern, Punkte und Schrägstriche, höchstens 10</translation>
    </message>
    <message>
        <source>member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>a symbol and its weight: AAPL 0.07</source>
        <translation>ein Symbol und sein Gewicht: AAPL 0.07</translation>
    </message>
    <message>
        <source>weight of %1</source>
        <translation>Gewicht von %1</translation>
    </message>
    <message>
        <source>a number above 0, 1 at most, with a decimal point</source>
        <translation>eine Zahl über 0, höchstens 1, mit Dezimalpunkt</translation>
    </message>
    <message>
        <source>basket</source>
        <translation>Korb</translation>
    </message>
    <message>
        <source>an index, an equals sign and its members: SPY = AAPL 0.07, MSFT 0.06</source>
        <translation>ein Index, ein Gleichheitszeichen und seine Mitglieder: SPY = AAPL 0.07, MSFT 0.06</translation>
    </message>
    <message>
        <source>index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>each member once, and not the index itself</source>
        <translation>jedes Mitglied einmal, und nicht der Index selbst</translation>
    </message>
    <message>
        <source>number of members</source>
        <translation>Zahl der Mitglieder</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>sum of the weights</source>
        <translation>Summe der Gewichte</translation>
    </message>
    <message>
        <source>1 at most</source>
        <translation>höchstens 1</translation>
    </message>
</context>
<context>
    <name>ExitPlan</name>
    <message>
        <source>Exits go with an order that only opens, or one that only closes.</source>
        <translation>Ausstiege gehören zu einem Auftrag, der nur eröffnet, oder zu einem, der nur schließt.</translation>
    </message>
    <message>
        <source>Of two closes that cancel each other one is a stop, and the broker takes stops of one leg only.</source>
        <translation>Von zwei Schließungen, die einander stornieren, ist eine ein Stop, und der Broker nimmt Stops nur mit einem Bein.</translation>
    </message>
    <message>
        <source>Two closes that cancel each other are a limit and a stop: choose a limit order.</source>
        <translation>Zwei Schließungen, die einander stornieren, sind ein Limit und ein Stop: einen Limit-Auftrag wählen.</translation>
    </message>
    <message>
        <source>The broker takes stops of one leg only.</source>
        <translation>Der Broker nimmt Stops nur mit einem Bein.</translation>
    </message>
    <message>
        <source>Exits need a number of shares, which an amount of dollars does not say.</source>
        <translation>Ausstiege brauchen eine Zahl von Aktien, die ein Dollarbetrag nicht nennt.</translation>
    </message>
</context>
<context>
    <name>HedgeEvents</name>
    <message>
        <source>mark</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>hedge</source>
        <translation>Absicherung</translation>
    </message>
    <message>
        <source>trade</source>
        <translation>Handel</translation>
    </message>
    <message>
        <source>settlement</source>
        <translation>Abwicklung</translation>
    </message>
</context>
<context>
    <name>HedgeProposals</name>
    <message>
        <source>Back to the edge of the band.</source>
        <translation>Zurück an den Rand des Bandes.</translation>
    </message>
    <message>
        <source>Inside the band: a hedge would cost more than it saves.</source>
        <translation>Innerhalb des Bandes: eine Absicherung kostete mehr, als sie spart.</translation>
    </message>
    <message>
        <source>Less than a share.</source>
        <translation>Weniger als eine Aktie.</translation>
    </message>
    <message>
        <source>The quote of the shares cannot be traded on now.</source>
        <translation>Auf den Kurs der Aktie lässt sich jetzt nicht handeln.</translation>
    </message>
    <message>
        <source>The session is about to end.</source>
        <translation>Die Sitzung endet gleich.</translation>
    </message>
    <message>
        <source>A figure of the options is not known.</source>
        <translation>Ein Wert der Optionen ist nicht bekannt.</translation>
    </message>
    <message>
        <source>An index has no shares: hedge with another underlying.</source>
        <translation>Ein Index hat keine Aktien: mit einem anderen Basiswert absichern.</translation>
    </message>
    <message>
        <source>An order of its shares is working.</source>
        <translation>Ein Auftrag über die Aktien läuft.</translation>
    </message>
</context>
<context>
    <name>LimitWords</name>
    <message>
        <source>Largest position</source>
        <translation>Größte Position</translation>
    </message>
    <message>
        <source>All of one underlying: the largest of its stress loss, margin and premium paid, of net liquidation.</source>
        <translation>Alles in einem Basiswert: das Größte aus Stressverlust, Margin und gezahlter Prämie, vom Nettowert.</translation>
    </message>
    <message>
        <source>Daily loss: no new risk</source>
        <translation>Tagesverlust: kein neues Risiko</translation>
    </message>
    <message>
        <source>From this loss of the day on nothing is opened, until it has shrunk.</source>
        <translation>Ab diesem Verlust des Tages wird nichts eröffnet, bis er kleiner geworden ist.</translation>
    </message>
    <message>
        <source>Daily loss: stop</source>
        <translation>Tagesverlust: Stopp</translation>
    </message>
    <message>
        <source>From this loss of the day on there are only closes until the next session, whatever the market does and whatever is set here.</source>
        <translation>Ab diesem Verlust des Tages gibt es bis zur nächsten Sitzung nur Schließungen, was immer der Markt tut und was immer hier eingestellt wird.</translation>
    </message>
    <message>
        <source>Leverage</source>
        <translation>Hebel</translation>
    </message>
    <message>
        <source>The dollar deltas of all underlyings, each without its sign, over net liquidation.</source>
        <translation>Die Dollar-Deltas aller Basiswerte, jedes ohne Vorzeichen, durch den Nettowert.</translation>
    </message>
    <message>
        <source>Strategies&apos; positions</source>
        <translation>Positionen von Strategien</translation>
    </message>
    <message>
        <source>How many strategies may have open at once; one made by hand counts as none.</source>
        <translation>Wie viele Strategien zugleich offen haben dürfen; eine von Hand zählt nicht.</translation>
    </message>
    <message>
        <source>Loss of one trade</source>
        <translation>Verlust eines Geschäfts</translation>
    </message>
    <message>
        <source>The most that one trade may lose, of net liquidation; strategies size theirs by it.</source>
        <translation>Was ein Geschäft höchstens verlieren darf, vom Nettowert; Strategien bemessen ihre danach.</translation>
    </message>
    <message>
        <source>Buying power used</source>
        <translation>Genutzte Kaufkraft</translation>
    </message>
    <message>
        <source>What positions and orders bind, of net liquidation.</source>
        <translation>Was Positionen und Aufträge binden, vom Nettowert.</translation>
    </message>
    <message>
        <source>Stress loss</source>
        <translation>Stressverlust</translation>
    </message>
    <message>
        <source>The loss if every underlying fell by 15 % and every volatility rose by half, of net liquidation.</source>
        <translation>Der Verlust, wenn jeder Basiswert um 15 % fiele und jede Volatilität um die Hälfte stiege, vom Nettowert.</translation>
    </message>
    <message>
        <source>Value at risk</source>
        <translation>Value at Risk</translation>
    </message>
    <message>
        <source>One day in twenty loses more than this, of net liquidation.</source>
        <translation>Ein Tag von zwanzig verliert mehr als dies, vom Nettowert.</translation>
    </message>
    <message>
        <source>Stop loss of a credit trade</source>
        <translation>Verluststopp eines Credit-Geschäfts</translation>
    </message>
    <message>
        <source>A strategy leaves a trade that has lost so many times the credit it took.</source>
        <translation>Eine Strategie verlässt ein Geschäft, das so viele Male seine Einnahme verloren hat.</translation>
    </message>
    <message>
        <source>Size in a calm market</source>
        <translation>Größe in ruhigem Markt</translation>
    </message>
    <message>
        <source>What of their usual size strategies trade while the market is calm.</source>
        <translation>Welchen Teil ihrer üblichen Größe Strategien handeln, solange der Markt ruhig ist.</translation>
    </message>
    <message>
        <source>Size in a normal market</source>
        <translation>Größe in normalem Markt</translation>
    </message>
    <message>
        <source>What of their usual size strategies trade while the market is normal.</source>
        <translation>Welchen Teil ihrer üblichen Größe Strategien handeln, solange der Markt normal ist.</translation>
    </message>
    <message>
        <source>Size in a stressed market</source>
        <translation>Größe in unruhigem Markt</translation>
    </message>
    <message>
        <source>What of their usual size strategies trade while the market is stressed.</source>
        <translation>Welchen Teil ihrer üblichen Größe Strategien handeln, solange der Markt unruhig ist.</translation>
    </message>
    <message>
        <source>%1: %2 is not allowed, but more than 0 and at most %3, which is your figure of “%4”.</source>
        <translation>%1: %2 ist nicht erlaubt, sondern mehr als 0 und höchstens %3, Ihr Wert für „%4“.</translation>
    </message>
    <message>
        <source>%1: %2 is not allowed, but more than 0 and at most %3.</source>
        <translation>%1: %2 ist nicht erlaubt, sondern mehr als 0 und höchstens %3.</translation>
    </message>
</context>
<context>
    <name>Metrics</name>
    <message>
        <source>Net profit</source>
        <translation>Nettogewinn</translation>
    </message>
    <message>
        <source>Total return</source>
        <translation>Gesamtertrag</translation>
    </message>
    <message>
        <source>Growth a year</source>
        <translation>Wachstum im Jahr</translation>
    </message>
    <message>
        <source>Compound, over 365 days</source>
        <translation>Mit Zinseszins, über 365 Tage</translation>
    </message>
    <message>
        <source>Sharpe ratio</source>
        <translation>Sharpe-Quotient</translation>
    </message>
    <message>
        <source>Of daily returns, a year of 252 days</source>
        <translation>Aus Tagesrenditen, das Jahr zu 252 Tagen</translation>
    </message>
    <message>
        <source>Sortino ratio</source>
        <translation>Sortino-Quotient</translation>
    </message>
    <message>
        <source>As Sharpe, counting only returns below the risk-free rate as risk</source>
        <translation>Wie Sharpe; als Risiko zählen nur Renditen unter dem risikofreien Zins</translation>
    </message>
    <message>
        <source>Chance of skill</source>
        <translation>Wahrscheinlichkeit für Können</translation>
    </message>
    <message>
        <source>Probability that the true Sharpe ratio is above zero, for this length, skew and tails</source>
        <translation>Wahrscheinlichkeit, dass der wahre Sharpe-Quotient über null liegt, bei dieser Länge, Schiefe und diesen Rändern</translation>
    </message>
    <message>
        <source>Largest drawdown</source>
        <translation>Größter Rückgang</translation>
    </message>
    <message>
        <source>Fall of equity from an earlier high, open positions at market</source>
        <translation>Fall des Kapitals unter ein früheres Hoch, offene Positionen zum Markt</translation>
    </message>
    <message>
        <source>Longest under water</source>
        <translation>Längste Zeit unter Wasser</translation>
    </message>
    <message>
        <source>Calmar ratio</source>
        <translation>Calmar-Quotient</translation>
    </message>
    <message>
        <source>Growth a year over the largest drawdown</source>
        <translation>Wachstum im Jahr durch den größten Rückgang</translation>
    </message>
    <message>
        <source>Worst day</source>
        <translation>Schlechtester Tag</translation>
    </message>
    <message>
        <source>Trades</source>
        <translation>Geschäfte</translation>
    </message>
    <message>
        <source>Closed groups: a whole condor is one</source>
        <translation>Geschlossene Gruppen: ein ganzer Condor zählt einmal</translation>
    </message>
    <message>
        <source>Win rate</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>Profit factor</source>
        <translation>Profitfaktor</translation>
    </message>
    <message>
        <source>Sum of wins over sum of losses</source>
        <translation>Summe der Gewinne durch Summe der Verluste</translation>
    </message>
    <message>
        <source>Average trade</source>
        <translation>Mittleres Geschäft</translation>
    </message>
    <message>
        <source>Average win</source>
        <translation>Mittlerer Gewinn</translation>
    </message>
    <message>
        <source>Average loss</source>
        <translation>Mittlerer Verlust</translation>
    </message>
    <message>
        <source>Worst trade</source>
        <translation>Schlechtestes Geschäft</translation>
    </message>
    <message>
        <source>Most buying power used</source>
        <translation>Höchste genutzte Kaufkraft</translation>
    </message>
    <message>
        <source>Return on it</source>
        <translation>Ertrag darauf</translation>
    </message>
    <message>
        <source>Net profit over the most buying power used</source>
        <translation>Nettogewinn durch die höchste genutzte Kaufkraft</translation>
    </message>
    <message>
        <source>Days in the market</source>
        <translation>Tage im Markt</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>Fills</source>
        <translation>Ausführungen</translation>
    </message>
    <message>
        <source>Refused by the gate</source>
        <translation>Von der Schranke abgelehnt</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>Gebühren</translation>
    </message>
    <message>
        <source>Assumed slippage</source>
        <translation>Angenommene Slippage</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>Daily returns that the figures are of</source>
        <translation>Tagesrenditen, aus denen die Zahlen sind</translation>
    </message>
    <message>
        <source>Trials</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Different runs that this one may have been picked from</source>
        <translation>Verschiedene Läufe, aus denen dieser gewählt sein kann</translation>
    </message>
    <message>
        <source>Chance of more than luck</source>
        <translation>Chance auf mehr als Glück</translation>
    </message>
    <message>
        <source>Probability that the true Sharpe ratio is above what the best of so many trials without skill would show</source>
        <translation>Wahrscheinlichkeit, dass die wahre Sharpe-Ratio über der liegt, die der beste von so vielen Versuchen ohne Können zeigte</translation>
    </message>
    <message>
        <source>Skewness</source>
        <translation>Schiefe</translation>
    </message>
    <message>
        <source>Of daily returns</source>
        <translation>Der Tagesrenditen</translation>
    </message>
    <message>
        <source>Kurtosis</source>
        <translation>Kurtosis</translation>
    </message>
    <message>
        <source>Of daily returns; a normal distribution has 3</source>
        <translation>Der Tagesrenditen; eine Normalverteilung hat 3</translation>
    </message>
    <message>
        <source>Time under water</source>
        <translation>Zeit unter Wasser</translation>
    </message>
    <message>
        <source>Part of the days with equity below an earlier high</source>
        <translation>Anteil der Tage mit Kapital unter einem früheren Hoch</translation>
    </message>
    <message>
        <source>Worst week</source>
        <translation>Schlechteste Woche</translation>
    </message>
    <message>
        <source>Daily loss, one day in twenty</source>
        <translation>Tagesverlust, ein Tag von zwanzig</translation>
    </message>
    <message>
        <source>Of the returns as they were</source>
        <translation>Der Renditen, wie sie waren</translation>
    </message>
    <message>
        <source>Mean loss of those days</source>
        <translation>Mittlerer Verlust dieser Tage</translation>
    </message>
    <message>
        <source>Daily loss, one day in a hundred</source>
        <translation>Tagesverlust, ein Tag von hundert</translation>
    </message>
    <message>
        <source>Mean loss of these days</source>
        <translation>Mittlerer Verlust jener Tage</translation>
    </message>
    <message>
        <source>Mean buying power used</source>
        <translation>Mittlere genutzte Kaufkraft</translation>
    </message>
    <message>
        <source>Of the equity</source>
        <translation>Vom Kapital</translation>
    </message>
    <message>
        <source>Most buying power used, of equity</source>
        <translation>Höchste genutzte Kaufkraft, vom Kapital</translation>
    </message>
    <message>
        <source>Notional leverage</source>
        <translation>Nominaler Hebel</translation>
    </message>
    <message>
        <source>Shares that the contracts are of, at the price of the underlying, over the equity</source>
        <translation>Aktien, auf die die Kontrakte lauten, zum Kurs des Basiswerts, durch das Kapital</translation>
    </message>
    <message>
        <source>Profit without the best five trades</source>
        <translation>Gewinn ohne die besten fünf Geschäfte</translation>
    </message>
    <message>
        <source>Paid for spreads</source>
        <translation>Für Spannen gezahlt</translation>
    </message>
</context>
<context>
    <name>OrderNotices</name>
    <message>
        <source>Settled by the broker, without an order: %1.</source>
        <translation>Vom Broker abgerechnet, ohne Order: %1.</translation>
    </message>
    <message>
        <source>Filled: %1.</source>
        <translation>Ausgeführt: %1.</translation>
    </message>
    <message>
        <source>Refused by the broker: %1. %2</source>
        <translation>Vom Broker abgelehnt: %1. %2</translation>
    </message>
    <message>
        <source>Not placed: %1. %2</source>
        <translation>Nicht aufgegeben: %1. %2</translation>
    </message>
    <message>
        <source>It is not known whether this order reached the broker: %1. It is not sent again; the broker is being asked.</source>
        <translation>Es ist nicht bekannt, ob diese Order den Broker erreicht hat: %1. Sie wird nicht erneut gesendet; der Broker wird gefragt.</translation>
    </message>
    <message>
        <source>Not sent (%1): %2</source>
        <translation>Nicht gesendet (%1): %2</translation>
    </message>
    <message>
        <source>Trading is halted: %1. Working orders are being cancelled; positions are kept.</source>
        <translation>Der Handel ist angehalten: %1. Aktive Orders werden storniert; Positionen bleiben.</translation>
    </message>
    <message>
        <source>Only closing orders pass: %1.</source>
        <translation>Nur schließende Orders gehen durch: %1.</translation>
    </message>
    <message>
        <source>Trading goes on: %1.</source>
        <translation>Der Handel geht weiter: %1.</translation>
    </message>
    <message>
        <source>%1 dollars left the account without a trade: they do not count as a loss of the day.</source>
        <translation>%1 Dollar haben das Konto ohne Handel verlassen: Sie zählen nicht als Tagesverlust.</translation>
    </message>
    <message>
        <source>%1 dollars came into the account without a trade: they do not count as a profit of the day.</source>
        <translation>%1 Dollar kamen ohne Handel auf das Konto: Sie zählen nicht als Tagesgewinn.</translation>
    </message>
    <message>
        <source>The broker did not take the change: %1. %2</source>
        <translation>Der Broker hat die Änderung nicht angenommen: %1. %2</translation>
    </message>
    <message>
        <source>The broker would take %1, and warns: %2</source>
        <translation>Der Broker würde %1 annehmen und warnt: %2</translation>
    </message>
    <message>
        <source>%1 dollars of</source>
        <translation>%1 Dollar</translation>
    </message>
    <message>
        <source>%1 dollars were owed for a dividend of %2: they count as a loss of the day.</source>
        <translation>%1 Dollar waren für eine Dividende von %2 zu zahlen: Sie zählen als Verlust des Tages.</translation>
    </message>
    <message>
        <source>%1 dollars came as a dividend of %2: they count as a profit of the day.</source>
        <translation>%1 Dollar kamen als Dividende von %2: Sie zählen als Gewinn des Tages.</translation>
    </message>
</context>
<context>
    <name>OrderRules</name>
    <message>
        <source>Only shares, by themselves, are traded for an amount of dollars.</source>
        <translation>Nur Aktien, für sich allein, werden über einen Dollarbetrag gehandelt.</translation>
    </message>
    <message>
        <source>The broker takes market and stop orders of one leg only.</source>
        <translation>Der Broker nimmt Markt- und Stop-Aufträge nur mit einem Bein.</translation>
    </message>
    <message>
        <source>A fraction of a share is traded at the market only.</source>
        <translation>Ein Bruchteil einer Aktie wird nur am Markt gehandelt.</translation>
    </message>
    <message>
        <source>An order for an amount is for the day.</source>
        <translation>Ein Auftrag über einen Betrag gilt für den Tag.</translation>
    </message>
    <message>
        <source>The broker keeps no market order for another day.</source>
        <translation>Der Broker behält keinen Marktauftrag für einen weiteren Tag.</translation>
    </message>
    <message>
        <source>The broker keeps no stop that opens for another day; one with a limit it does.</source>
        <translation>Der Broker behält keinen eröffnenden Stop für einen weiteren Tag; einen mit Limit schon.</translation>
    </message>
    <message>
        <source>A stop waits for its trigger: it cannot be filled at once or cancelled.</source>
        <translation>Ein Stop wartet auf seinen Auslöser: er kann nicht sofort ausgeführt oder storniert werden.</translation>
    </message>
    <message>
        <source>The market is at %1: a stop that buys needs a trigger above that, or it would trade at once.</source>
        <translation>Der Markt steht bei %1: ein kaufender Stop braucht einen Auslöser darüber, sonst würde er sofort handeln.</translation>
    </message>
    <message>
        <source>The market is at %1: a stop that sells needs a trigger below that, or it would trade at once.</source>
        <translation>Der Markt steht bei %1: ein verkaufender Stop braucht einen Auslöser darunter, sonst würde er sofort handeln.</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Watchlist</source>
        <translation>Beobachtung</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Option chain</source>
        <translation>Optionskette</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>Positionen</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>Greeks</source>
        <translation>Griechen</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Order ticket</source>
        <translation>Orderticket</translation>
    </message>
    <message>
        <source>Volatility surface</source>
        <translation>Volatilitätsfläche</translation>
    </message>
    <message>
        <source>Price chart</source>
        <translation>Kursverlauf</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Stress</source>
        <translation>Stress</translation>
    </message>
    <message>
        <source>Value at risk</source>
        <translation>Value at Risk</translation>
    </message>
    <message>
        <source>Attribution</source>
        <translation>Attribution</translation>
    </message>
    <message>
        <source>Regimes</source>
        <translation>Regime</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Exposure</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>Strategien</translation>
    </message>
    <message>
        <source>Dispersion</source>
        <translation>Dispersion</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
</context>
<context>
    <name>ParameterChoices</name>
    <message>
        <source>above cost</source>
        <translation>über dem Einstand</translation>
    </message>
    <message>
        <source>allow</source>
        <translation>zulassen</translation>
    </message>
    <message>
        <source>always</source>
        <translation>immer</translation>
    </message>
    <message>
        <source>any</source>
        <translation>jeder</translation>
    </message>
    <message>
        <source>averages</source>
        <translation>Durchschnitte</translation>
    </message>
    <message>
        <source>avoid</source>
        <translation>meiden</translation>
    </message>
    <message>
        <source>down</source>
        <translation>fallend</translation>
    </message>
    <message>
        <source>whole book</source>
        <translation>ganzes Buch</translation>
    </message>
    <message>
        <source>both</source>
        <translation>beide</translation>
    </message>
    <message>
        <source>up</source>
        <translation>steigend</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>Calls</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>credit</source>
        <translation>Gutschrift</translation>
    </message>
    <message>
        <source>debit</source>
        <translation>Aufwand</translation>
    </message>
    <message>
        <source>delta</source>
        <translation>Delta</translation>
    </message>
    <message>
        <source>with an edge</source>
        <translation>mit Vorteil</translation>
    </message>
    <message>
        <source>either</source>
        <translation>je nachdem</translation>
    </message>
    <message>
        <source>weighted moves (EWMA)</source>
        <translation>gewichtete Bewegungen (EWMA)</translation>
    </message>
    <message>
        <source>fixed band</source>
        <translation>festes Band</translation>
    </message>
    <message>
        <source>the clock</source>
        <translation>die Uhr</translation>
    </message>
    <message>
        <source>forecast volatility</source>
        <translation>prognostizierte Volatilität</translation>
    </message>
    <message>
        <source>regression (HAR)</source>
        <translation>Regression (HAR)</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>halten</translation>
    </message>
    <message>
        <source>ignore</source>
        <translation>nicht beachten</translation>
    </message>
    <message>
        <source>implied volatility</source>
        <translation>implizite Volatilität</translation>
    </message>
    <message>
        <source>long</source>
        <translation>long</translation>
    </message>
    <message>
        <source>least variance</source>
        <translation>kleinste Varianz</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>single option</source>
        <translation>einzelne Option</translation>
    </message>
    <message>
        <source>puts</source>
        <translation>Puts</translation>
    </message>
    <message>
        <source>shares</source>
        <translation>Aktien</translation>
    </message>
    <message>
        <source>short</source>
        <translation>short</translation>
    </message>
    <message>
        <source>debit spread</source>
        <translation>Debit-Spread</translation>
    </message>
    <message>
        <source>strikes</source>
        <translation>Basispreise</translation>
    </message>
    <message>
        <source>twelve months less the last</source>
        <translation>zwölf Monate ohne den letzten</translation>
    </message>
    <message>
        <source>this position</source>
        <translation>diese Position</translation>
    </message>
    <message>
        <source>the untested side</source>
        <translation>die ungefährdete Seite</translation>
    </message>
    <message>
        <source>only up</source>
        <translation>nur steigende</translation>
    </message>
    <message>
        <source>Whalley and Wilmott&apos;s band</source>
        <translation>Band von Whalley und Wilmott</translation>
    </message>
    <message>
        <source>width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Zakamouline&apos;s band</source>
        <translation>Band von Zakamouline</translation>
    </message>
</context>
<context>
    <name>Parameters</name>
    <message>
        <source>Rate for borrowed shares</source>
        <translation>Satz für geliehene Aktien</translation>
    </message>
    <message>
        <source>Leave beyond the limits by</source>
        <translation>Verlassen ab einer Überschreitung um</translation>
    </message>
    <message>
        <source>Buy up to IV rank</source>
        <translation>Kaufen bis IV-Rang</translation>
    </message>
    <message>
        <source>Strikes of the calls</source>
        <translation>Basispreise der Calls</translation>
    </message>
    <message>
        <source>Capital</source>
        <translation>Kapital</translation>
    </message>
    <message>
        <source>Close a side at delta</source>
        <translation>Seite schließen ab Delta</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Digest of the data</source>
        <translation>Prüfsumme der Daten</translation>
    </message>
    <message>
        <source>Most loss on a usual day</source>
        <translation>Höchster Verlust an einem gewöhnlichen Tag</translation>
    </message>
    <message>
        <source>Days to expiry</source>
        <translation>Tage bis zum Verfall</translation>
    </message>
    <message>
        <source>Tolerance of the expiry</source>
        <translation>Spielraum des Verfalls</translation>
    </message>
    <message>
        <source>Fixed delta band</source>
        <translation>Festes Deltaband</translation>
    </message>
    <message>
        <source>Most delta at entry</source>
        <translation>Höchstes Delta beim Einstieg</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Company reports</source>
        <translation>Quartalsberichte</translation>
    </message>
    <message>
        <source>Edge at entry</source>
        <translation>Vorteil beim Einstieg</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Einstieg</translation>
    </message>
    <message>
        <source>EWMA decay</source>
        <translation>EWMA-Abklingen</translation>
    </message>
    <message>
        <source>Before an ex-date</source>
        <translation>Vor einem Ex-Tag</translation>
    </message>
    <message>
        <source>Leave at days to expiry</source>
        <translation>Verlassen bei Tagen bis zum Verfall</translation>
    </message>
    <message>
        <source>Leave at delta</source>
        <translation>Verlassen ab Delta</translation>
    </message>
    <message>
        <source>Leave below edge</source>
        <translation>Verlassen unter Vorteil</translation>
    </message>
    <message>
        <source>Leave at percentile</source>
        <translation>Verlassen bei Perzentil</translation>
    </message>
    <message>
        <source>Days to the far expiry</source>
        <translation>Tage bis zum fernen Verfall</translation>
    </message>
    <message>
        <source>Fast average</source>
        <translation>Schneller Durchschnitt</translation>
    </message>
    <message>
        <source>Fewest names</source>
        <translation>Mindestzahl der Werte</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>Volatility forecast</source>
        <translation>Volatilitätsprognose</translation>
    </message>
    <message>
        <source>Most gamma</source>
        <translation>Höchstes Gamma</translation>
    </message>
    <message>
        <source>History of the HAR forecast</source>
        <translation>Vorgeschichte der HAR-Prognose</translation>
    </message>
    <message>
        <source>Hedged by</source>
        <translation>Absicherung nach</translation>
    </message>
    <message>
        <source>Cost of a hedge</source>
        <translation>Kosten einer Absicherung</translation>
    </message>
    <message>
        <source>Delta hedged</source>
        <translation>Abgesichertes Delta</translation>
    </message>
    <message>
        <source>Time between hedges</source>
        <translation>Zeit zwischen Absicherungen</translation>
    </message>
    <message>
        <source>Multiples of shares</source>
        <translation>Vielfache von Aktien</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>Instrument</translation>
    </message>
    <message>
        <source>Interest rate</source>
        <translation>Zinssatz</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Time for a missing leg</source>
        <translation>Frist für ein fehlendes Bein</translation>
    </message>
    <message>
        <source>Loss limit</source>
        <translation>Verlustgrenze</translation>
    </message>
    <message>
        <source>Loss multiple</source>
        <translation>Verlustvielfaches</translation>
    </message>
    <message>
        <source>Margin call</source>
        <translation>Nachschussforderung</translation>
    </message>
    <message>
        <source>Most at once</source>
        <translation>Höchstens zugleich</translation>
    </message>
    <message>
        <source>Highest debit</source>
        <translation>Höchster Aufwand</translation>
    </message>
    <message>
        <source>Highest IV rank</source>
        <translation>Höchster IV-Rang</translation>
    </message>
    <message>
        <source>Widest spread</source>
        <translation>Weiteste Spanne</translation>
    </message>
    <message>
        <source>Least credit</source>
        <translation>Kleinste Gutschrift</translation>
    </message>
    <message>
        <source>Least excess of the near IV</source>
        <translation>Kleinster Überschuss der nahen IV</translation>
    </message>
    <message>
        <source>Lowest IV rank</source>
        <translation>Niedrigster IV-Rang</translation>
    </message>
    <message>
        <source>Least open interest</source>
        <translation>Kleinstes offenes Interesse</translation>
    </message>
    <message>
        <source>Least trend</source>
        <translation>Kleinster Trend</translation>
    </message>
    <message>
        <source>Days of the average move</source>
        <translation>Tage der mittleren Bewegung</translation>
    </message>
    <message>
        <source>Most names</source>
        <translation>Höchstzahl der Werte</translation>
    </message>
    <message>
        <source>Neutral by</source>
        <translation>Neutral nach</translation>
    </message>
    <message>
        <source>Percentile at entry</source>
        <translation>Perzentil beim Einstieg</translation>
    </message>
    <message>
        <source>Pin risk within days</source>
        <translation>Pin-Risiko innerhalb von Tagen</translation>
    </message>
    <message>
        <source>Room beyond the natural price</source>
        <translation>Spielraum über den natürlichen Preis</translation>
    </message>
    <message>
        <source>Profit target</source>
        <translation>Gewinnziel</translation>
    </message>
    <message>
        <source>No hedge before the close</source>
        <translation>Keine Absicherung vor Schluss</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Spanne der Tage</translation>
    </message>
    <message>
        <source>Seed of the assignments</source>
        <translation>Startwert der Zuteilungen</translation>
    </message>
    <message>
        <source>Residual delta</source>
        <translation>Restliches Delta</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Risk aversion</source>
        <translation>Risikoabneigung</translation>
    </message>
    <message>
        <source>Risk-free rate</source>
        <translation>Risikofreier Satz</translation>
    </message>
    <message>
        <source>Rolling</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Roll at delta</source>
        <translation>Rollen ab Delta</translation>
    </message>
    <message>
        <source>Digest of the rules</source>
        <translation>Prüfsumme der Regeln</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Sell from IV rank</source>
        <translation>Verkaufen ab IV-Rang</translation>
    </message>
    <message>
        <source>Stop of the shares</source>
        <translation>Stopp der Aktien</translation>
    </message>
    <message>
        <source>Short delta</source>
        <translation>Delta der verkauften Optionen</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Signal</translation>
    </message>
    <message>
        <source>Slippage</source>
        <translation>Slippage</translation>
    </message>
    <message>
        <source>Slow average</source>
        <translation>Langsamer Durchschnitt</translation>
    </message>
    <message>
        <source>Spread paid</source>
        <translation>Gezahlte Spanne</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>Greek held</source>
        <translation>Gehaltener Grieche</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>Basiswert</translation>
    </message>
    <message>
        <source>Vega drift</source>
        <translation>Vega-Abweichung</translation>
    </message>
    <message>
        <source>Most vega</source>
        <translation>Höchstes Vega</translation>
    </message>
    <message>
        <source>Volatility target</source>
        <translation>Volatilitätsziel</translation>
    </message>
    <message>
        <source>Trends followed</source>
        <translation>Verfolgte Trends</translation>
    </message>
    <message>
        <source>Weighting</source>
        <translation>Gewichtung</translation>
    </message>
    <message>
        <source>Wing delta</source>
        <translation>Delta der Flügel</translation>
    </message>
    <message>
        <source>Wing width</source>
        <translation>Breite der Flügel</translation>
    </message>
    <message>
        <source>Wings by</source>
        <translation>Flügel nach</translation>
    </message>
    <message>
        <source>Signal at least</source>
        <translation>Signal mindestens</translation>
    </message>
    <message>
        <source>Signal at most</source>
        <translation>Signal höchstens</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>Trend</translation>
    </message>
</context>
<context>
    <name>RiskFigures</name>
    <message>
        <source>The expansion does not fit this book: not to be relied on.</source>
        <translation>Die Entwicklung passt nicht zu diesem Buch: kein Verlass darauf.</translation>
    </message>
    <message>
        <source>More than a quarter from the shown one.</source>
        <translation>Mehr als ein Viertel neben dem gezeigten.</translation>
    </message>
    <message>
        <source>Nothing that is held can be measured.</source>
        <translation>Nichts von dem, was gehalten wird, lässt sich messen.</translation>
    </message>
    <message>
        <source>Calm and stressed days have not been different enough to be told apart: one description fits all of its history as well as several. Strategies trade at the size of a normal market. There is nothing to do: it is looked at again with each new day.</source>
        <translation>Ruhige und unruhige Tage unterscheiden sich zu wenig: Eine Beschreibung passt auf die ganze Historie so gut wie mehrere. Strategien handeln in der Größe eines normalen Marktes. Zu tun ist nichts: Jeder neue Tag wird mit geprüft.</translation>
    </message>
    <message numerus="yes">
        <source>%n more trading day(s) of its history are needed. Strategies trade at the size of a normal market until then. The broker&apos;s daily closes come by themselves.</source>
        <translation>
            <numerusform>Noch %n Handelstag der Historie fehlt. Bis dahin handeln Strategien in der Größe eines normalen Marktes. Die Tagesschlüsse des Brokers kommen von selbst.</numerusform>
            <numerusform>Noch %n Handelstage der Historie fehlen. Bis dahin handeln Strategien in der Größe eines normalen Marktes. Die Tagesschlüsse des Brokers kommen von selbst.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RiskWords</name>
    <message>
        <source>Delta-normal</source>
        <translation>Delta-Normal</translation>
    </message>
    <message>
        <source>Deltas and vegas times the covariance of past moves: quick, and blind to gamma.</source>
        <translation>Deltas und Vegas mal Kovarianz vergangener Bewegungen: schnell, und blind für Gamma.</translation>
    </message>
    <message>
        <source>Cornish-Fisher</source>
        <translation>Cornish-Fisher</translation>
    </message>
    <message>
        <source>Deltas and gammas, with the skew and the tails that gamma gives to profits.</source>
        <translation>Deltas und Gammas, mit der Schiefe und den Rändern, die Gamma der G&amp;V gibt.</translation>
    </message>
    <message>
        <source>Historical</source>
        <translation>Historisch</translation>
    </message>
    <message>
        <source>Every past day&apos;s moves on the positions of now, each revalued in full.</source>
        <translation>Die Bewegungen jedes vergangenen Tages auf den heutigen Positionen, jede voll neu bewertet.</translation>
    </message>
    <message>
        <source>Filtered historical</source>
        <translation>Hist., gefiltert</translation>
    </message>
    <message>
        <source>Past days&apos; moves, each scaled from the volatility of then to that of now.</source>
        <translation>Bewegungen vergangener Tage, jede von der damaligen Volatilität auf die heutige umgerechnet.</translation>
    </message>
    <message>
        <source>Monte Carlo</source>
        <translation>Monte Carlo</translation>
    </message>
    <message>
        <source>Thousands of drawn days, each revalued in full; its error shrinks with their number.</source>
        <translation>Tausende gezogene Tage, jeder voll neu bewertet; der Fehler schrumpft mit ihrer Zahl.</translation>
    </message>
    <message>
        <source>delta</source>
        <translation>Delta</translation>
    </message>
    <message>
        <source>From the move of the underlying, at the delta before it.</source>
        <translation>Aus der Bewegung des Basiswerts, mit dem Delta davor.</translation>
    </message>
    <message>
        <source>gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>From the change of delta while the underlying moved.</source>
        <translation>Aus der Änderung des Deltas, während sich der Basiswert bewegte.</translation>
    </message>
    <message>
        <source>theta</source>
        <translation>Theta</translation>
    </message>
    <message>
        <source>From the passing of time.</source>
        <translation>Aus dem Verstreichen der Zeit.</translation>
    </message>
    <message>
        <source>vega</source>
        <translation>Vega</translation>
    </message>
    <message>
        <source>From the change of implied volatility.</source>
        <translation>Aus der Änderung der impliziten Volatilität.</translation>
    </message>
    <message>
        <source>rho</source>
        <translation>Rho</translation>
    </message>
    <message>
        <source>From the change of interest rates and dividend yields.</source>
        <translation>Aus der Änderung von Zinsen und Dividendenrenditen.</translation>
    </message>
    <message>
        <source>vanna</source>
        <translation>Vanna</translation>
    </message>
    <message>
        <source>From price and volatility moving together: delta changes with volatility.</source>
        <translation>Aus der gemeinsamen Bewegung von Kurs und Volatilität: das Delta ändert sich mit der Volatilität.</translation>
    </message>
    <message>
        <source>volga</source>
        <translation>Volga</translation>
    </message>
    <message>
        <source>From the change of vega while volatility moved.</source>
        <translation>Aus der Änderung des Vegas, während sich die Volatilität bewegte.</translation>
    </message>
    <message>
        <source>trades</source>
        <translation>Handel</translation>
    </message>
    <message>
        <source>What fills were better or worse than the mark they were booked at.</source>
        <translation>Um was Ausführungen besser oder schlechter waren als der Wert, zu dem sie gebucht wurden.</translation>
    </message>
    <message>
        <source>settlements</source>
        <translation>Abrechn.</translation>
    </message>
    <message>
        <source>Expiry, exercise and assignment against the last mark; dividends and other cash.</source>
        <translation>Abrechnung: Verfall, Ausübung und Zuteilung gegen den letzten Wert; Dividenden und anderes Geld.</translation>
    </message>
    <message>
        <source>fees</source>
        <translation>Gebühren</translation>
    </message>
    <message>
        <source>Commissions, clearing and regulatory fees.</source>
        <translation>Provisionen, Clearing- und Aufsichtsgebühren.</translation>
    </message>
    <message>
        <source>unexplained</source>
        <translation>unerklärt</translation>
    </message>
    <message>
        <source>What no Greek explains; it should be small.</source>
        <translation>Was kein Grieche erklärt; es sollte klein sein.</translation>
    </message>
    <message>
        <source>p &lt; 0.001</source>
        <translation>p &lt; 0,001</translation>
    </message>
    <message>
        <source>p = %1</source>
        <translation>p = %1</translation>
    </message>
    <message>
        <source>calm</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>normal</source>
        <comment>regime</comment>
        <translation>normal</translation>
    </message>
    <message>
        <source>stressed</source>
        <translation>gestresst</translation>
    </message>
    <message>
        <source>Low</source>
        <comment>tolerance</comment>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Moderate</source>
        <comment>tolerance</comment>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>High</source>
        <comment>tolerance</comment>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>green zone</source>
        <translation>grüne Zone</translation>
    </message>
    <message>
        <source>yellow zone</source>
        <translation>gelbe Zone</translation>
    </message>
    <message>
        <source>red zone</source>
        <translation>rote Zone</translation>
    </message>
    <message>
        <source>Basel&apos;s traffic light: as many bad days as a sound model has.</source>
        <translation>Basler Ampel: so viele schlechte Tage, wie ein gutes Modell hat.</translation>
    </message>
    <message>
        <source>Basel&apos;s traffic light: more bad days than a sound model often has. Read it with care.</source>
        <translation>Basler Ampel: mehr schlechte Tage, als ein gutes Modell oft hat. Mit Vorsicht lesen.</translation>
    </message>
    <message>
        <source>Basel&apos;s traffic light: too many bad days for a sound model. Do not rely on it.</source>
        <translation>Basler Ampel: zu viele schlechte Tage für ein gutes Modell. Kein Verlass darauf.</translation>
    </message>
    <message>
        <source>Whole book</source>
        <translation>Ganzes Buch</translation>
    </message>
    <message>
        <source>shares</source>
        <translation>Aktien</translation>
    </message>
    <message>
        <source>statistic %1</source>
        <translation>Statistik %1</translation>
    </message>
    <message>
        <source>As many bad days as there should be (Kupiec, %1)</source>
        <translation>So viele schlechte Tage, wie es sein sollten (Kupiec, %1)</translation>
    </message>
    <message>
        <source>Too many bad days: the figure is too low (Kupiec, %1)</source>
        <translation>Zu viele schlechte Tage: der Wert ist zu niedrig (Kupiec, %1)</translation>
    </message>
    <message>
        <source>Too few bad days: the figure is too high (Kupiec, %1)</source>
        <translation>Zu wenige schlechte Tage: der Wert ist zu hoch (Kupiec, %1)</translation>
    </message>
    <message>
        <source>Bad days come in clusters: it follows the market too slowly (Christoffersen, %1)</source>
        <translation>Schlechte Tage häufen sich: der Wert folgt dem Markt zu langsam (Christoffersen, %1)</translation>
    </message>
    <message>
        <source>Bad days come one by one, not in clusters (Christoffersen, %1)</source>
        <translation>Schlechte Tage kommen einzeln, nicht gehäuft (Christoffersen, %1)</translation>
    </message>
    <message>
        <source>Number and spacing of bad days together: it fails (%1)</source>
        <translation>Zahl und Abstand schlechter Tage zusammen: nicht bestanden (%1)</translation>
    </message>
    <message>
        <source>Number and spacing of bad days together: it holds (%1)</source>
        <translation>Zahl und Abstand schlechter Tage zusammen: bestanden (%1)</translation>
    </message>
    <message>
        <source>Bad days are worse than the expected shortfall says (Acerbi-Szekely, %1)</source>
        <translation>Schlechte Tage sind schlechter, als der Expected Shortfall sagt (Acerbi-Szekely, %1)</translation>
    </message>
    <message>
        <source>Bad days are no worse than the expected shortfall says (Acerbi-Szekely, %1)</source>
        <translation>Schlechte Tage sind nicht schlechter, als der Expected Shortfall sagt (Acerbi-Szekely, %1)</translation>
    </message>
    <message>
        <source>±0 %</source>
        <comment>no move</comment>
        <translation>±0 %</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>since entry</source>
        <translation>seit Einstieg</translation>
    </message>
    <message>
        <source>total</source>
        <translation>gesamt</translation>
    </message>
    <message numerus="yes">
        <source>%n position(s) left out, no figure is known: %1</source>
        <translation>
            <numerusform>%n Position fehlt, kein Wert ist bekannt: %1</numerusform>
            <numerusform>%n Positionen fehlen, kein Wert ist bekannt: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rolling</name>
    <message>
        <source>Not rolled</source>
        <translation>Nicht gerollt</translation>
    </message>
    <message>
        <source>one or two options of one expiration can be rolled in one order. Roll leg by leg.</source>
        <translation>eine Order rollt eine oder zwei Optionen eines Verfalls. Rollen Sie Bein für Bein.</translation>
    </message>
    <message>
        <source>%1 has no later expiration.</source>
        <translation>%1 hat keinen späteren Verfall.</translation>
    </message>
    <message>
        <source>the next expiration lists no strike of its own for each leg.</source>
        <translation>der nächste Verfall führt nicht für jedes Bein einen eigenen Basispreis.</translation>
    </message>
</context>
<context>
    <name>SignalWords</name>
    <message>
        <source>Realised above implied volatility</source>
        <translation>Realisierte über impliziter Volatilität</translation>
    </message>
    <message>
        <source>Will the volatility realised over the next 21 trading days be above the implied volatility of 30 days?</source>
        <translation>Wird die in den nächsten 21 Handelstagen realisierte Volatilität über der impliziten von 30 Tagen liegen?</translation>
    </message>
    <message>
        <source>Selling premium pays</source>
        <translation>Prämie zu verkaufen lohnt sich</translation>
    </message>
    <message>
        <source>Will a straddle at the money, sold and held 21 trading days without a hedge, keep something after costs?</source>
        <translation>Wird von einem Straddle am Geld, verkauft und 21 Handelstage ohne Absicherung gehalten, nach Kosten etwas bleiben?</translation>
    </message>
    <message>
        <source>An unusual skew reverts</source>
        <translation>Ungewöhnlicher Skew kehrt zurück</translation>
    </message>
    <message>
        <source>Will the skew&apos;s distance from its median of a year be halved in 21 trading days?</source>
        <translation>Wird sich der Abstand des Skews von seinem Median eines Jahres in 21 Handelstagen halbieren?</translation>
    </message>
    <message>
        <source>return, 1 day</source>
        <translation>Rendite, 1 Tag</translation>
    </message>
    <message>
        <source>return, 5 days</source>
        <translation>Rendite, 5 Tage</translation>
    </message>
    <message>
        <source>return, 21 days</source>
        <translation>Rendite, 21 Tage</translation>
    </message>
    <message>
        <source>return, 63 days</source>
        <translation>Rendite, 63 Tage</translation>
    </message>
    <message>
        <source>drawdown from the year&apos;s high</source>
        <translation>Rückgang vom Jahreshoch</translation>
    </message>
    <message>
        <source>size of the last move</source>
        <translation>Größe der letzten Bewegung</translation>
    </message>
    <message>
        <source>realised volatility, 5 days</source>
        <translation>realisierte Volatilität, 5 Tage</translation>
    </message>
    <message>
        <source>realised volatility, 21 days</source>
        <translation>realisierte Volatilität, 21 Tage</translation>
    </message>
    <message>
        <source>realised volatility, 63 days</source>
        <translation>realisierte Volatilität, 63 Tage</translation>
    </message>
    <message>
        <source>HAR&apos;s forecast of volatility</source>
        <translation>Vorhersage der Volatilität durch HAR</translation>
    </message>
    <message>
        <source>volatility by ranges (Parkinson)</source>
        <translation>Volatilität nach Spannen (Parkinson)</translation>
    </message>
    <message>
        <source>volatility by bars (Garman, Klass)</source>
        <translation>Volatilität nach Balken (Garman, Klass)</translation>
    </message>
    <message>
        <source>implied volatility</source>
        <translation>implizite Volatilität</translation>
    </message>
    <message>
        <source>change of implied, 1 day</source>
        <translation>Änderung der impliziten, 1 Tag</translation>
    </message>
    <message>
        <source>change of implied, 5 days</source>
        <translation>Änderung der impliziten, 5 Tage</translation>
    </message>
    <message>
        <source>rank of implied in a year</source>
        <translation>Rang der impliziten in einem Jahr</translation>
    </message>
    <message>
        <source>percentile of implied in a year</source>
        <translation>Perzentil der impliziten in einem Jahr</translation>
    </message>
    <message>
        <source>implied over its month&apos;s mean</source>
        <translation>implizite über ihrem Monatsmittel</translation>
    </message>
    <message>
        <source>deviation of implied in a month</source>
        <translation>Abweichung der impliziten in einem Monat</translation>
    </message>
    <message>
        <source>implied over realised, 21 days</source>
        <translation>implizite über realisierter, 21 Tage</translation>
    </message>
    <message>
        <source>implied over HAR&apos;s forecast</source>
        <translation>implizite über der Vorhersage durch HAR</translation>
    </message>
    <message>
        <source>probability of the calm regime</source>
        <translation>Wahrscheinlichkeit des ruhigen Regimes</translation>
    </message>
    <message>
        <source>probability of the stressed regime</source>
        <translation>Wahrscheinlichkeit des angespannten Regimes</translation>
    </message>
    <message>
        <source>slope of the term structure</source>
        <translation>Steigung der Laufzeitstruktur</translation>
    </message>
    <message>
        <source>skew of 25-delta options</source>
        <translation>Skew der Optionen mit Delta 25</translation>
    </message>
    <message>
        <source>skew in its year&apos;s deviations</source>
        <translation>Skew in Abweichungen seines Jahres</translation>
    </message>
    <message>
        <source>change of skew, 5 days</source>
        <translation>Änderung des Skews, 5 Tage</translation>
    </message>
    <message>
        <source>days to the monthly expiry</source>
        <translation>Tage bis zum Monatsverfall</translation>
    </message>
    <message>
        <source>day of the week</source>
        <translation>Wochentag</translation>
    </message>
    <message>
        <source>there are too few days out of sample to tell</source>
        <translation>außerhalb der Stichprobe sind es zu wenige Tage, um das zu sagen</translation>
    </message>
    <message>
        <source>the interval is below 0.5: what it ranks high came true less often</source>
        <translation>das Intervall liegt unter 0,5: was es hoch einordnet, traf seltener ein</translation>
    </message>
    <message>
        <source>the interval includes 0.5, which is chance</source>
        <translation>das Intervall enthält 0,5, den Zufall</translation>
    </message>
    <message>
        <source>shuffled answers did as well in %1 of the draws</source>
        <translation>vertauschte Antworten waren in %1 der Ziehungen ebenso gut</translation>
    </message>
    <message>
        <source>%1 and more</source>
        <translation>%1 und andere</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>signal</source>
        <translation>Signal</translation>
    </message>
    <message>
        <source>no signal</source>
        <translation>kein Signal</translation>
    </message>
    <message>
        <source>It cannot be read: %1</source>
        <translation>Es kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>No signal was found: %1.</source>
        <translation>Es wurde kein Signal gefunden: %1.</translation>
    </message>
    <message>
        <source>A signal was found: out of sample it ranks days better than chance.</source>
        <translation>Ein Signal wurde gefunden: außerhalb der Stichprobe ordnet es Tage besser als der Zufall.</translation>
    </message>
    <message>
        <source>Its probabilities are no better than the base rate: do not take them at their word.</source>
        <translation>Seine Wahrscheinlichkeiten sind nicht besser als die Grundrate: sie sind nicht wörtlich zu nehmen.</translation>
    </message>
    <message>
        <source>A demonstration: it was trained on a made-up market, whose rules it may have found, and says nothing of a real one. It cannot be armed live.</source>
        <translation>Eine Vorführung: es hat von einem erfundenen Markt gelernt, dessen Regeln es gefunden haben mag, und sagt nichts über einen wirklichen. Es kann nicht in LIVE scharf geschaltet werden.</translation>
    </message>
    <message>
        <source>Nothing of today: no daily bars of %1 have come.</source>
        <translation>Nichts für heute: es sind keine Tagesbalken von %1 gekommen.</translation>
    </message>
    <message>
        <source>No forecast of %1 for %2: it was trained on that day.</source>
        <translation>Keine Vorhersage von %1 für den %2: von diesem Tag hat es gelernt.</translation>
    </message>
    <message>
        <source>No probability of %1 for %2: the days until %3 do not tell %4.</source>
        <translation>Keine Wahrscheinlichkeit von %1 für den %2: die Tage bis zum %3 sagen nichts über %4.</translation>
    </message>
    <message>
        <source>The days of %1 could not be followed: %2</source>
        <translation>Den Tagen von %1 konnte nicht gefolgt werden: %2</translation>
    </message>
    <message>
        <source>%1 for %2: yes with %3, by days until %4</source>
        <translation>%1 am %2: ja mit %3, nach den Tagen bis zum %4</translation>
    </message>
</context>
<context>
    <name>StrategyDesk</name>
    <message>
        <source>Armed.</source>
        <translation>Scharf geschaltet.</translation>
    </message>
    <message>
        <source>Paused: it manages what it holds and enters nothing.</source>
        <translation>Pausiert: Sie verwaltet, was sie hält, und eröffnet nichts.</translation>
    </message>
    <message>
        <source>Turned off: what it holds is yours to close.</source>
        <translation>Abgeschaltet: Was sie hält, schließen Sie selbst.</translation>
    </message>
    <message>
        <source>It could not go on: %1</source>
        <translation>Sie konnte nicht weitermachen: %1</translation>
    </message>
    <message>
        <source>Off: what it holds is yours to close</source>
        <translation>Aus: Was sie hält, schließen Sie selbst</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Trading is halted</source>
        <translation>Der Handel ist angehalten</translation>
    </message>
    <message>
        <source>Waits for the market to open</source>
        <translation>Wartet auf die Börsenöffnung</translation>
    </message>
    <message>
        <source>Its order is working</source>
        <translation>Ihr Auftrag arbeitet</translation>
    </message>
    <message>
        <source>Manages its trade</source>
        <translation>Verwaltet ihr Geschäft</translation>
    </message>
    <message>
        <source>Paused: enters nothing</source>
        <translation>Pausiert: eröffnet nichts</translation>
    </message>
    <message>
        <source>Only closes are taken: enters nothing</source>
        <translation>Nur Schließungen werden angenommen: eröffnet nichts</translation>
    </message>
    <message>
        <source>Was refused at %1, and tries again: %2</source>
        <translation>Wurde um %1 abgelehnt und versucht es wieder: %2</translation>
    </message>
    <message>
        <source>Stays out: %1</source>
        <translation>Bleibt draußen: %1</translation>
    </message>
    <message>
        <source>Waits for quotes</source>
        <translation>Wartet auf Kurse</translation>
    </message>
    <message>
        <source>Waits for the listing of %1</source>
        <translation>Wartet auf die Liste der Optionen von %1</translation>
    </message>
</context>
<context>
    <name>StrategyLook</name>
    <message>
        <source>the listing of %1 is not here yet</source>
        <translation>die Liste der Optionen auf %1 ist noch nicht da</translation>
    </message>
    <message>
        <source>it hedges with shares, and %1 is an index, which has none</source>
        <translation>sie sichert mit Aktien ab, und %1 ist ein Index, der keine hat</translation>
    </message>
    <message>
        <source>it has a trade open there, which goes on under these parameters</source>
        <translation>sie hat dort einen offenen Handel, der mit diesen Parametern weitergeht</translation>
    </message>
    <message>
        <source>its order is at work there already</source>
        <translation>ihr Auftrag ist dort schon unterwegs</translation>
    </message>
    <message>
        <source>trading is halted</source>
        <translation>der Handel ist angehalten</translation>
    </message>
    <message>
        <source>only closes are taken now</source>
        <translation>zurzeit werden nur Schließungen angenommen</translation>
    </message>
    <message>
        <source>it left a trade there today, and enters one a session</source>
        <translation>sie hat dort heute einen Handel beendet und beginnt je Sitzung einen</translation>
    </message>
    <message>
        <source>the market is closed</source>
        <translation>der Markt ist geschlossen</translation>
    </message>
</context>
<context>
    <name>StrategyShapes</name>
    <message>
        <source>Long stock</source>
        <translation>Aktie long</translation>
    </message>
    <message>
        <source>Short stock</source>
        <translation>Aktie short</translation>
    </message>
    <message>
        <source>Long call</source>
        <translation>Call long</translation>
    </message>
    <message>
        <source>Short call</source>
        <translation>Call short</translation>
    </message>
    <message>
        <source>Long put</source>
        <translation>Put long</translation>
    </message>
    <message>
        <source>Short put</source>
        <translation>Put short</translation>
    </message>
    <message>
        <source>Call debit spread</source>
        <translation>Call-Debit-Spread</translation>
    </message>
    <message>
        <source>Call credit spread</source>
        <translation>Call-Credit-Spread</translation>
    </message>
    <message>
        <source>Put debit spread</source>
        <translation>Put-Debit-Spread</translation>
    </message>
    <message>
        <source>Put credit spread</source>
        <translation>Put-Credit-Spread</translation>
    </message>
    <message>
        <source>Long straddle</source>
        <translation>Straddle long</translation>
    </message>
    <message>
        <source>Short straddle</source>
        <translation>Straddle short</translation>
    </message>
    <message>
        <source>Long strangle</source>
        <translation>Strangle long</translation>
    </message>
    <message>
        <source>Short strangle</source>
        <translation>Strangle short</translation>
    </message>
    <message>
        <source>Risk reversal</source>
        <translation>Risk Reversal</translation>
    </message>
    <message>
        <source>Reverse risk reversal</source>
        <translation>Umgekehrtes Risk Reversal</translation>
    </message>
    <message>
        <source>Synthetic long stock</source>
        <translation>Synthetische Aktie long</translation>
    </message>
    <message>
        <source>Synthetic short stock</source>
        <translation>Synthetische Aktie short</translation>
    </message>
    <message>
        <source>Call backspread</source>
        <translation>Call-Backspread</translation>
    </message>
    <message>
        <source>Call ratio spread</source>
        <translation>Call-Ratio-Spread</translation>
    </message>
    <message>
        <source>Put backspread</source>
        <translation>Put-Backspread</translation>
    </message>
    <message>
        <source>Put ratio spread</source>
        <translation>Put-Ratio-Spread</translation>
    </message>
    <message>
        <source>Call calendar</source>
        <translation>Call-Kalender</translation>
    </message>
    <message>
        <source>Short call calendar</source>
        <translation>Call-Kalender short</translation>
    </message>
    <message>
        <source>Put calendar</source>
        <translation>Put-Kalender</translation>
    </message>
    <message>
        <source>Short put calendar</source>
        <translation>Put-Kalender short</translation>
    </message>
    <message>
        <source>Call diagonal</source>
        <translation>Call-Diagonale</translation>
    </message>
    <message>
        <source>Short call diagonal</source>
        <translation>Call-Diagonale short</translation>
    </message>
    <message>
        <source>Put diagonal</source>
        <translation>Put-Diagonale</translation>
    </message>
    <message>
        <source>Short put diagonal</source>
        <translation>Put-Diagonale short</translation>
    </message>
    <message>
        <source>Call butterfly</source>
        <translation>Call-Butterfly</translation>
    </message>
    <message>
        <source>Short call butterfly</source>
        <translation>Call-Butterfly short</translation>
    </message>
    <message>
        <source>Put butterfly</source>
        <translation>Put-Butterfly</translation>
    </message>
    <message>
        <source>Short put butterfly</source>
        <translation>Put-Butterfly short</translation>
    </message>
    <message>
        <source>Jade lizard</source>
        <translation>Jade Lizard</translation>
    </message>
    <message>
        <source>Iron condor</source>
        <translation>Iron Condor</translation>
    </message>
    <message>
        <source>Reverse iron condor</source>
        <translation>Umgekehrter Iron Condor</translation>
    </message>
    <message>
        <source>Iron butterfly</source>
        <translation>Iron Butterfly</translation>
    </message>
    <message>
        <source>Reverse iron butterfly</source>
        <translation>Umgekehrter Iron Butterfly</translation>
    </message>
    <message>
        <source>Call condor</source>
        <translation>Call-Condor</translation>
    </message>
    <message>
        <source>Short call condor</source>
        <translation>Call-Condor short</translation>
    </message>
    <message>
        <source>Put condor</source>
        <translation>Put-Condor</translation>
    </message>
    <message>
        <source>Short put condor</source>
        <translation>Put-Condor short</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Box</translation>
    </message>
    <message>
        <source>Short box</source>
        <translation>Box short</translation>
    </message>
    <message>
        <source>Covered call</source>
        <translation>Gedeckter Call</translation>
    </message>
    <message>
        <source>Covered put</source>
        <translation>Gedeckter Put</translation>
    </message>
    <message>
        <source>Protective put</source>
        <translation>Schützender Put</translation>
    </message>
    <message>
        <source>Protective call</source>
        <translation>Schützender Call</translation>
    </message>
    <message>
        <source>Collar</source>
        <translation>Collar</translation>
    </message>
    <message>
        <source>Conversion</source>
        <translation>Conversion</translation>
    </message>
    <message>
        <source>Reversal</source>
        <translation>Reversal</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Reduces %1</source>
        <translation>Verringert %1</translation>
    </message>
    <message>
        <source>Closes %1</source>
        <translation>Schließt %1</translation>
    </message>
    <message>
        <source>Rolls %1</source>
        <translation>Rollt %1</translation>
    </message>
    <message>
        <source>Closes %1, opens %2</source>
        <translation>Schließt %1, eröffnet %2</translation>
    </message>
</context>
<context>
    <name>SweepWords</name>
    <message>
        <source>%1 · %2, %3 to %4</source>
        <translation>%1 · %2, %3 bis %4</translation>
    </message>
    <message numerus="yes">
        <source>walk-forward, %n stretches</source>
        <translation>
            <numerusform>Walk-forward, %n Abschnitt</numerusform>
            <numerusform>Walk-forward, %n Abschnitte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n settings</source>
        <translation>
            <numerusform>%n Einstellung</numerusform>
            <numerusform>%n Einstellungen</numerusform>
        </translation>
    </message>
    <message>
        <source> · kept</source>
        <translation> · aufbewahrt</translation>
    </message>
    <message>
        <source> · cancelled</source>
        <translation> · abgebrochen</translation>
    </message>
    <message>
        <source>No run has this figure.</source>
        <translation>Kein Lauf hat diese Kennzahl.</translation>
    </message>
    <message numerus="yes">
        <source>Best of %n settings by %1: %2 with %3.</source>
        <translation>
            <numerusform>Beste von %n Einstellung nach %1: %2 mit %3.</numerusform>
            <numerusform>Beste von %n Einstellungen nach %1: %2 mit %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n trials of this strategy on these data in all, the chance that it is more than the luckiest without skill would show is %1.</source>
        <translation>
            <numerusform>Bei insgesamt %n Versuch mit dieser Strategie auf diesen Daten ist die Wahrscheinlichkeit, dass das mehr ist, als der glücklichste ohne Können zeigen würde: %1.</numerusform>
            <numerusform>Bei insgesamt %n Versuchen mit dieser Strategie auf diesen Daten ist die Wahrscheinlichkeit, dass das mehr ist, als der glücklichste ohne Können zeigen würde: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message numerus="yes">
        <source>It stands alone: its %n neighbours, one step away, have %1 at the median, and all settings %2. That is rather luck than a plateau.</source>
        <translation>
            <numerusform>Sie steht allein: ihr %n Nachbar, einen Schritt entfernt, hat %1, alle Einstellungen haben im Median %2. Das ist eher Glück als ein Plateau.</numerusform>
            <numerusform>Sie steht allein: ihre %n Nachbarn, einen Schritt entfernt, haben im Median %1, alle Einstellungen %2. Das ist eher Glück als ein Plateau.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its %n neighbours, one step away, have %1 at the median, and all settings %2.</source>
        <translation>
            <numerusform>Ihr %n Nachbar, einen Schritt entfernt, hat %1, alle Einstellungen haben im Median %2.</numerusform>
            <numerusform>Ihre %n Nachbarn, einen Schritt entfernt, haben im Median %1, alle Einstellungen %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stretches were not traded: too little was left of the account.</source>
        <translation>
            <numerusform>%n Abschnitt wurde nicht gehandelt: Vom Konto war zu wenig übrig.</numerusform>
            <numerusform>%n Abschnitte wurden nicht gehandelt: Vom Konto war zu wenig übrig.</numerusform>
        </translation>
    </message>
    <message>
        <source>Prices are simulated: this says nothing about a real market.</source>
        <translation>Die Preise sind simuliert: Das sagt nichts über einen wirklichen Markt.</translation>
    </message>
    <message>
        <source>%1, picked on earlier days alone: %2 there on average, %3 on the days traded then.</source>
        <translation>%1, allein nach früheren Tagen gewählt: dort im Mittel %2, an den dann gehandelten Tagen %3.</translation>
    </message>
    <message>
        <source>Nothing good was picked, so that no share of it can be kept.</source>
        <translation>Es wurde nichts Gutes gewählt, also kann kein Anteil davon bleiben.</translation>
    </message>
    <message>
        <source>Kept: %1.</source>
        <translation>Geblieben: %1.</translation>
    </message>
    <message>
        <source>%1 days of purge and %2 of embargo between; %3 in-sample runs, which count as trials.</source>
        <translation>Dazwischen %1 Tage Bereinigung und %2 Tage Sperrfrist; %3 Läufe in der Stichprobe, die als Versuche zählen.</translation>
    </message>
    <message numerus="yes">
        <source>In %n of %1 stretches even the best setting lost money on the days picked on.</source>
        <translation>
            <numerusform>In %n von %1 Abschnitten verlor selbst die beste Einstellung an den Tagen der Auswahl Geld.</numerusform>
            <numerusform>In %n von %1 Abschnitten verlor selbst die beste Einstellung an den Tagen der Auswahl Geld.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Buy open</source>
        <translation>Kauf auf</translation>
    </message>
    <message>
        <source>Sell open</source>
        <translation>Verk. auf</translation>
    </message>
    <message>
        <source>Buy close</source>
        <translation>Kauf zu</translation>
    </message>
    <message>
        <source>Sell close</source>
        <translation>Verk. zu</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>Markt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Stop limit</source>
        <translation>Stop-Limit</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>GTC</source>
        <comment>good till cancelled</comment>
        <translation>GTC</translation>
    </message>
    <message>
        <source>GTD</source>
        <comment>good till date</comment>
        <translation>GTD</translation>
    </message>
    <message>
        <source>IOC</source>
        <comment>immediate or cancel</comment>
        <translation>IOC</translation>
    </message>
    <message>
        <source>recorded</source>
        <translation>notiert</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>working</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>partly filled</source>
        <translation>teils ausgeführt</translation>
    </message>
    <message>
        <source>cancelling</source>
        <translation>wird storniert</translation>
    </message>
    <message>
        <source>filled</source>
        <translation>ausgeführt</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>storniert</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>not placed</source>
        <translation>nicht aufgegeben</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Written to the journal and not sent yet. No money has moved.</source>
        <translation>Im Journal notiert und noch nicht gesendet. Es ist kein Geld geflossen.</translation>
    </message>
    <message>
        <source>On its way to the broker, who has not answered yet.</source>
        <translation>Unterwegs zum Broker, der noch nicht geantwortet hat.</translation>
    </message>
    <message>
        <source>The broker has it and it may fill at any moment.</source>
        <translation>Der Broker hat sie, und sie kann jederzeit ausgeführt werden.</translation>
    </message>
    <message>
        <source>Part of it is done; the rest may still fill.</source>
        <translation>Ein Teil ist ausgeführt; der Rest kann es noch werden.</translation>
    </message>
    <message>
        <source>A cancel is on its way. Until the broker confirms, it may still fill.</source>
        <translation>Die Stornierung ist unterwegs. Bis der Broker bestätigt, kann sie noch ausgeführt werden.</translation>
    </message>
    <message>
        <source>Done. It is in your positions.</source>
        <translation>Erledigt. Sie steht in Ihren Positionen.</translation>
    </message>
    <message>
        <source>Cancelled. What had filled before stays filled.</source>
        <translation>Storniert. Was vorher ausgeführt war, bleibt es.</translation>
    </message>
    <message>
        <source>The broker refused it. No money has moved.</source>
        <translation>Der Broker hat sie abgelehnt. Es ist kein Geld geflossen.</translation>
    </message>
    <message>
        <source>Its time ran out. What had filled before stays filled.</source>
        <translation>Ihre Zeit ist abgelaufen. Was vorher ausgeführt war, bleibt es.</translation>
    </message>
    <message>
        <source>It is certain that the broker never had it. No money has moved.</source>
        <translation>Es steht fest, dass der Broker sie nie hatte. Es ist kein Geld geflossen.</translation>
    </message>
    <message>
        <source>No answer came back, so it may be working, filled, or lost. It is never sent again by itself; the broker is being asked. Look at the broker&apos;s own page before you trade this again.</source>
        <translation>Es kam keine Antwort; sie kann aktiv, ausgeführt oder verloren sein. Von selbst wird sie nie erneut gesendet; der Broker wird gefragt. Sehen Sie auf der Seite des Brokers nach, bevor Sie dies noch einmal handeln.</translation>
    </message>
    <message>
        <source>C</source>
        <comment>call, one letter</comment>
        <translation>C</translation>
    </message>
    <message>
        <source>P</source>
        <comment>put, one letter</comment>
        <translation>P</translation>
    </message>
    <message>
        <source>d MMM yy</source>
        <comment>date format, as in 18 Dec 26</comment>
        <translation>d. MMM yy</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date format, as in 18 Dec</comment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>%1 cr</source>
        <comment>credit: we receive this price</comment>
        <translation>%1 H</translation>
    </message>
    <message>
        <source>%1 db</source>
        <comment>debit: we pay this price</comment>
        <translation>%1 S</translation>
    </message>
    <message>
        <source>Black-Scholes</source>
        <translation>Black-Scholes</translation>
    </message>
    <message>
        <source>broker&apos;s</source>
        <comment>Greeks</comment>
        <translation>Broker</translation>
    </message>
    <message>
        <source>surface</source>
        <comment>model of prices</comment>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>Merton</source>
        <translation>Merton</translation>
    </message>
    <message>
        <source>Heston</source>
        <translation>Heston</translation>
    </message>
    <message>
        <source>Reference (QuantLib)</source>
        <translation>Referenz (QuantLib)</translation>
    </message>
    <message>
        <source>ddd d MMM HH:mm</source>
        <comment>date format, as in Fri 27 Nov 09:30</comment>
        <translation>ddd d. MMM HH:mm</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>Stand %1</translation>
    </message>
    <message>
        <source>The market is closed and opens %1, New York time. Nothing can be sent until then.</source>
        <translation>Der Markt ist geschlossen und öffnet %1, New Yorker Zeit. Bis dahin kann nichts gesendet werden.</translation>
    </message>
    <message>
        <source>changing</source>
        <comment>order</comment>
        <translation>in Änderung</translation>
    </message>
    <message>
        <source>waiting</source>
        <comment>order</comment>
        <translation>wartet</translation>
    </message>
    <message>
        <source>An order with other terms is to take its place. Until the broker confirms, it may still fill.</source>
        <translation>Ein Auftrag mit anderen Bedingungen soll an seine Stelle treten. Bis der Broker bestätigt, kann er noch ausgeführt werden.</translation>
    </message>
    <message>
        <source>The broker has it, and it waits for another order to end or to fill.</source>
        <translation>Der Broker hat ihn, und er wartet auf Ende oder Ausführung eines anderen Auftrags.</translation>
    </message>
    <message>
        <source>%1 dollars of</source>
        <translation>%1 Dollar</translation>
    </message>
    <message>
        <source>Amount</source>
        <comment>order at the market for so many dollars</comment>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>American Heston</source>
        <translation>Heston, amerikanisch</translation>
    </message>
    <message>
        <source>Neural</source>
        <comment>prices by neural networks</comment>
        <translation>Neuronal</translation>
    </message>
</context>
<context>
    <name>Workspaces</name>
    <message>
        <source>Trade</source>
        <translation>Handel</translation>
    </message>
    <message>
        <source>Chain, ticket, positions and orders</source>
        <translation>Kette, Ticket, Positionen und Orders</translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Chain and surface beside Greeks, exposure and stress</source>
        <translation>Kette und Fläche neben Griechen, Exposure und Stress</translation>
    </message>
    <message>
        <source>Backtest</source>
        <translation>Backtest</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>The whole book&apos;s risk on one page: limits, stress, value at risk, regimes, attribution and alerts</source>
        <translation>Das Risiko des ganzen Buchs auf einer Seite: Grenzen, Stress, Value at Risk, Regime, Attribution und Alarme</translation>
    </message>
    <message>
        <source>Price chart and strategies at work; opens the backtest&apos;s window</source>
        <translation>Kursverlauf und Strategien bei der Arbeit; öffnet das Fenster der Backtests</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::Accounts</name>
    <message>
        <source>The system&apos;s keychain</source>
        <translation>Der Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>it has not answered yet; it may be waiting to be unlocked.</source>
        <translation>er hat noch nicht geantwortet; vielleicht wartet er darauf, entsperrt zu werden.</translation>
    </message>
    <message>
        <source>Production at the broker</source>
        <translation>Der echte Betrieb beim Broker</translation>
    </message>
    <message>
        <source>The broker&apos;s sandbox</source>
        <translation>Die Sandbox des Brokers</translation>
    </message>
    <message>
        <source>there are no keys for it. Store them under Accounts (Ctrl+Shift+A), or set %1 and start again.</source>
        <translation>dafür gibt es keine Schlüssel. Unter „Konten“ (Strg+Umschalt+A) hinterlegen, oder %1 setzen und neu starten.</translation>
    </message>
    <message>
        <source>This login</source>
        <translation>Diese Anmeldung</translation>
    </message>
    <message>
        <source>it is being checked already.</source>
        <translation>sie wird schon geprüft.</translation>
    </message>
    <message>
        <source>these keys</source>
        <translation>diese Schlüssel</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::AlertKeeper</name>
    <message>
        <source>The address is good for this run only. %1</source>
        <translation>Die Adresse gilt nur für diesen Lauf. %1</translation>
    </message>
    <message>
        <source>An alert was to be sent, and no address is set.</source>
        <translation>Ein Alarm sollte gesendet werden, und keine Adresse ist gesetzt.</translation>
    </message>
    <message>
        <source>set an address first</source>
        <translation>zuerst eine Adresse setzen</translation>
    </message>
    <message>
        <source>A test: alerts of Vegadesk will look like this.</source>
        <translation>Ein Test: So sehen Alarme von Vegadesk aus.</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::Desk</name>
    <message>
        <source>Nothing was sent: not connected to a broker.</source>
        <translation>Es wurde nichts gesendet: mit keinem Broker verbunden.</translation>
    </message>
    <message>
        <source>Not rolled</source>
        <translation>Nicht gerollt</translation>
    </message>
    <message>
        <source>the listed expirations are not known yet. Try again in a moment.</source>
        <translation>die gelisteten Verfallstage sind noch nicht bekannt. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Not closed</source>
        <translation>Nicht geschlossen</translation>
    </message>
    <message>
        <source>it is no longer held. Look at the positions again.</source>
        <translation>wird nicht mehr gehalten. Sehen Sie noch einmal in die Positionen.</translation>
    </message>
    <message>
        <source>shares and options do not go into one order. Close the options first, then the shares: without the shares a short call is naked.</source>
        <translation>Aktien und Optionen passen nicht in eine Order. Schließen Sie zuerst die Optionen, dann die Aktien: Ohne die Aktien ist ein verkaufter Call ungedeckt.</translation>
    </message>
    <message>
        <source>%1 is not known here.</source>
        <translation>%1 ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 is not known here: it is not kept on the watchlist.</source>
        <translation>%1 ist hier nicht bekannt: Es bleibt nicht in der Watchlist.</translation>
    </message>
    <message>
        <source>Nothing was stopped: not connected to a broker.</source>
        <translation>Nichts wurde angehalten: nicht mit einem Broker verbunden.</translation>
    </message>
    <message>
        <source>Settings that could not be read and count as not set: %1. See %2.</source>
        <translation>Einstellungen, die sich nicht lesen ließen und als nicht gesetzt gelten: %1. Siehe %2.</translation>
    </message>
    <message>
        <source>Limits are those of the lowest tolerance.</source>
        <translation>Die Grenzen sind die der niedrigsten Toleranz.</translation>
    </message>
    <message>
        <source>No order was cancelled: not connected to a broker.</source>
        <translation>Kein Auftrag wurde storniert: nicht mit einem Broker verbunden.</translation>
    </message>
    <message>
        <source>No strategy was armed: not connected to a broker.</source>
        <translation>Keine Strategie wurde scharf geschaltet: nicht mit einem Broker verbunden.</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::EnvironmentSession</name>
    <message>
        <source>Quotes are streaming again.</source>
        <translation>Die Kurse strömen wieder.</translation>
    </message>
    <message>
        <source>Quotes have stopped: what is shown is stale, and no new order passes until they are back. Reconnecting. %1</source>
        <translation>Die Kurse stehen: das Gezeigte ist veraltet, und keine neue Order geht durch, bis sie wieder da sind. Neue Verbindung wird aufgebaut. %1</translation>
    </message>
    <message>
        <source>Loading the chain…</source>
        <translation>Die Kette wird geladen…</translation>
    </message>
    <message>
        <source>not known here</source>
        <translation>hier nicht bekannt</translation>
    </message>
    <message>
        <source>%1 is not known here.</source>
        <translation>%1 ist hier nicht bekannt.</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) in a row without an answer</source>
        <translation>
            <numerusform>%n Anfrage in Folge ohne Antwort</numerusform>
            <numerusform>%n Anfragen in Folge ohne Antwort</numerusform>
        </translation>
    </message>
    <message>
        <source>This computer&apos;s clock and the broker&apos;s agree again.</source>
        <translation>Die Uhr dieses Rechners und die des Brokers stimmen wieder überein.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 s behind the broker&apos;s. Set it: from 5 s on, nothing is opened in options that expire today.</source>
        <translation>Die Uhr dieses Rechners geht gegenüber der des Brokers %1 s nach. Bitte stellen: ab 5 s wird nichts in Optionen eröffnet, die heute verfallen.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 s ahead of the broker&apos;s. Set it: from 5 s on, nothing is opened in options that expire today.</source>
        <translation>Die Uhr dieses Rechners geht gegenüber der des Brokers %1 s vor. Bitte stellen: ab 5 s wird nichts in Optionen eröffnet, die heute verfallen.</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::EnvironmentSwitch</name>
    <message>
        <source>%1 What is shown is stale and orders do not leave; it is being started again.</source>
        <translation>%1 Das Gezeigte ist veraltet, und Orders gehen nicht hinaus; sie wird neu gestartet.</translation>
    </message>
    <message>
        <source>The simulated exchange is back.</source>
        <translation>Die simulierte Börse ist wieder da.</translation>
    </message>
    <message>
        <source>Closing the last connection…</source>
        <translation>Die letzte Verbindung wird geschlossen …</translation>
    </message>
    <message>
        <source>Starting the simulated exchange…</source>
        <translation>Die simulierte Börse startet…</translation>
    </message>
    <message>
        <source>simulated market, seed %1</source>
        <translation>simuliert, Startwert %1</translation>
    </message>
    <message>
        <source>The simulated exchange of this version fills orders otherwise than the one that kept your account.</source>
        <translation>Die simulierte Börse dieser Version führt Orders anders aus als die, die Ihr Konto geführt hat.</translation>
    </message>
    <message>
        <source>Your simulated account belongs to another market.</source>
        <translation>Ihr simuliertes Konto gehört zu einem anderen Markt.</translation>
    </message>
    <message>
        <source>The file of your simulated account is damaged.</source>
        <translation>Die Datei Ihres simulierten Kontos ist beschädigt.</translation>
    </message>
    <message>
        <source>%1 A new account has begun; the old one&apos;s orders are kept in %2.</source>
        <translation>%1 Ein neues Konto hat begonnen; die Orders des alten bleiben in %2.</translation>
    </message>
    <message>
        <source>tastytrade, production</source>
        <translation>tastytrade, Echtbetrieb</translation>
    </message>
    <message>
        <source>tastytrade, certification (quotes 15 minutes late)</source>
        <translation>tastytrade, Testbetrieb (Kurse 15 Minuten alt)</translation>
    </message>
    <message>
        <source>tastytrade, production quotes; orders to its sandbox</source>
        <translation>tastytrade, echte Kurse; Aufträge an die Sandbox</translation>
    </message>
    <message>
        <source>The market&apos;s clock stays as it is: %1</source>
        <translation>Die Uhr des Marktes bleibt, wie sie ist: %1</translation>
    </message>
    <message>
        <source>Only the simulated exchange&apos;s clock can be stopped.</source>
        <translation>Nur die Uhr der simulierten Börse lässt sich anhalten.</translation>
    </message>
    <message>
        <source>Only the simulated exchange&apos;s clock can be set.</source>
        <translation>Nur die Uhr der simulierten Börse lässt sich stellen.</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::Keychain</name>
    <message>
        <source>The system&apos;s keychain</source>
        <translation>Der Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>this run does not use it</source>
        <translation>dieser Lauf benutzt ihn nicht</translation>
    </message>
    <message>
        <source>this computer has none that is running</source>
        <translation>auf diesem Rechner läuft keiner</translation>
    </message>
    <message>
        <source>it cannot be used: %1. Keys may come from the environment instead (see the README).</source>
        <translation>er ist nicht benutzbar: %1. Schlüssel können stattdessen aus der Umgebung kommen (siehe README).</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::MarketAnalyst</name>
    <message>
        <source>No options are listed on %1.</source>
        <translation>Auf %1 sind keine Optionen gelistet.</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::RiskAnalyst</name>
    <message>
        <source>Where the profit came from before now is not known: %1</source>
        <translation>Woher die G&amp;V vor jetzt kam, ist nicht bekannt: %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::SurfaceAnalyst</name>
    <message>
        <source>The Heston model could not be fitted: %1</source>
        <translation>Das Heston-Modell konnte nicht angepasst werden: %1</translation>
    </message>
    <message>
        <source>The Heston model could not be fitted to American prices: %1</source>
        <translation>Das Heston-Modell konnte nicht an amerikanische Preise angepasst werden: %1</translation>
    </message>
    <message>
        <source>Too few quotes for the model: it needs two expirations of at least a week.</source>
        <translation>Zu wenige Kurse für das Modell: es braucht zwei Verfälle von mindestens einer Woche.</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::TradingSession</name>
    <message>
        <source>Nothing was sent: not connected to a broker.</source>
        <translation>Es wurde nichts gesendet: mit keinem Broker verbunden.</translation>
    </message>
    <message>
        <source>The order was not cancelled. %1</source>
        <translation>Die Order wurde nicht storniert. %1</translation>
    </message>
    <message numerus="yes">
        <source>%n journal record(s) were damaged and are left out; orders are checked with the broker.</source>
        <translation>
            <numerusform>%n Journaleintrag war beschädigt und fehlt; die Orders werden beim Broker geprüft.</numerusform>
            <numerusform>%n Journaleinträge waren beschädigt und fehlen; die Orders werden beim Broker geprüft.</numerusform>
        </translation>
    </message>
    <message>
        <source>A copy of the file is kept: %1</source>
        <translation>Eine Kopie der Datei bleibt: %1</translation>
    </message>
    <message>
        <source>Not connected to a broker.</source>
        <translation>Nicht mit einem Broker verbunden.</translation>
    </message>
    <message>
        <source>Trading is halted: a figure of the account or the market could not be reckoned with (%1). Working orders are being cancelled. Compare with the broker&apos;s own page, then start the program again.</source>
        <translation>Der Handel ist angehalten: Mit einer Zahl des Kontos oder des Marktes ließ sich nicht rechnen (%1). Arbeitende Orders werden storniert. Vergleichen Sie mit der Seite des Brokers und starten Sie das Programm dann neu.</translation>
    </message>
    <message>
        <source>The order stays as it is. %1</source>
        <translation>Die Order bleibt, wie sie ist. %1</translation>
    </message>
    <message>
        <source>Taken as seen: %1</source>
        <translation>Als gesehen vermerkt: %1</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>The order journal can be used again: orders can be sent.</source>
        <translation>Das Orderjournal ist wieder benutzbar: Orders können gesendet werden.</translation>
    </message>
    <message>
        <source>The order journal cannot be used, so no order can be sent; it is tried again. %1</source>
        <translation>Das Orderjournal ist nicht benutzbar, darum kann keine Order gesendet werden; es wird wieder versucht. %1</translation>
    </message>
    <message>
        <source>No option quote is newer than %1: all figures here are of then.</source>
        <translation>Kein Optionskurs ist neuer als %1: Alle Zahlen hier sind von da.</translation>
    </message>
    <message>
        <source>Trading could not be started (%1), so no order can be sent. Working orders are left as they are: look at the broker&apos;s own page, then start the program again.</source>
        <translation>Der Handel ließ sich nicht starten (%1), darum kann keine Order gesendet werden. Laufende Orders bleiben, wie sie sind: Sehen Sie auf der Seite des Brokers nach und starten Sie dann das Programm neu.</translation>
    </message>
    <message>
        <source>The order journal can be used again.</source>
        <translation>Das Orderjournal ist wieder benutzbar.</translation>
    </message>
    <message>
        <source>Trading could not be started: working orders cannot be cancelled from here. Cancel them on the broker&apos;s own page.</source>
        <translation>Der Handel ließ sich nicht starten: Laufende Orders lassen sich von hier nicht löschen. Löschen Sie sie auf der Seite des Brokers.</translation>
    </message>
    <message>
        <source>Trading will be stopped and working orders cancelled as soon as the session with the broker is up; no order can be sent until then.</source>
        <translation>Der Handel wird angehalten und laufende Orders werden gelöscht, sobald die Sitzung mit dem Broker steht; bis dahin kann keine Order gesendet werden.</translation>
    </message>
    <message>
        <source>Trading could not be started: start the program again.</source>
        <translation>Der Handel ließ sich nicht starten: Starten Sie das Programm neu.</translation>
    </message>
    <message>
        <source>Trading will not be stopped.</source>
        <translation>Der Handel wird nicht angehalten.</translation>
    </message>
    <message>
        <source>it could not be started</source>
        <translation>er ließ sich nicht starten</translation>
    </message>
    <message>
        <source>Orders and backtests are not remembered beyond this session. %1 Move the file away and start again: a new one is made.</source>
        <translation>Orders und Backtests bleiben nur für diese Sitzung erhalten. %1 Legen Sie die Datei beiseite und starten Sie neu: Eine neue wird angelegt.</translation>
    </message>
    <message>
        <source>No order was cancelled: not connected to a broker.</source>
        <translation>Kein Auftrag wurde storniert: nicht mit einem Broker verbunden.</translation>
    </message>
    <message>
        <source>Every working order is being cancelled.</source>
        <translation>Jeder laufende Auftrag wird storniert.</translation>
    </message>
    <message>
        <source>No order is working any more.</source>
        <translation>Kein Auftrag läuft mehr.</translation>
    </message>
    <message>
        <source>Orders could not be armed: %1.</source>
        <translation>Aufträge konnten nicht scharf geschaltet werden: %1.</translation>
    </message>
    <message>
        <source>Orders are armed: what you send now trades real money in %1.</source>
        <translation>Aufträge sind scharf: was jetzt gesendet wird, handelt mit echtem Geld in %1.</translation>
    </message>
    <message>
        <source>Orders are disarmed: %1. Cancels still pass; working orders stay.</source>
        <translation>Aufträge sind entschärft: %1. Stornos gehen weiter durch; laufende Aufträge bleiben.</translation>
    </message>
    <message>
        <source>The order is not known any more.</source>
        <translation>Der Auftrag ist nicht mehr bekannt.</translation>
    </message>
    <message>
        <source>Trading stays halted: the file by which the watchdog halted it could not be removed. %1</source>
        <translation>Der Handel bleibt angehalten: Die Datei, mit der der Wächter ihn angehalten hat, ließ sich nicht entfernen. %1</translation>
    </message>
    <message>
        <source>No strategy was armed: not connected to a broker.</source>
        <translation>Keine Strategie wurde scharf geschaltet: nicht mit einem Broker verbunden.</translation>
    </message>
    <message>
        <source>The strategy was not armed. %1</source>
        <translation>Die Strategie wurde nicht scharf geschaltet. %1</translation>
    </message>
    <message>
        <source>The strategy stays as it is. %1</source>
        <translation>Die Strategie bleibt, wie sie ist. %1</translation>
    </message>
    <message>
        <source>ES %1 %</source>
        <comment>expected shortfall</comment>
        <translation>ES %1 %</translation>
    </message>
    <message>
        <source>all −15&#xa0;%, vol +50&#xa0;%</source>
        <translation>alle −15&#xa0;%, Vola +50&#xa0;%</translation>
    </message>
    <message>
        <source>Gate: %1 % of equity · leverage %2x → %3x · %5 alone, ±15 %, vol +50 %: %4 %</source>
        <translation>Gate: %1 % vom Kapital · Hebel %2x → %3x · nur %5, ±15 %, Vola +50 %: %4 %</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::VenueProcess</name>
    <message>
        <source>The simulated exchange could not be started: %1 (%2)</source>
        <translation>Die simulierte Börse ließ sich nicht starten: %1 (%2)</translation>
    </message>
    <message>
        <source>The simulated exchange answered something else than its addresses.</source>
        <translation>Die simulierte Börse antwortete etwas anderes als ihre Adressen.</translation>
    </message>
    <message>
        <source>The simulated exchange ended unexpectedly.</source>
        <translation>Die simulierte Börse endete unerwartet.</translation>
    </message>
    <message>
        <source>The simulated exchange stopped with exit status %1.</source>
        <translation>Die simulierte Börse endete mit Status %1.</translation>
    </message>
    <message>
        <source>%1 It was started %2 times without success, and is tried again more slowly.</source>
        <translation>%1 Sie wurde %2-mal ohne Erfolg gestartet und wird langsamer weiter versucht.</translation>
    </message>
    <message>
        <source>The simulated exchange stopped (%1).</source>
        <translation>Die simulierte Börse hielt an (%1).</translation>
    </message>
    <message>
        <source>The simulated exchange is not there.</source>
        <translation>Die simulierte Börse ist nicht da.</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::WatchdogProcess</name>
    <message>
        <source>The watchdog could not be started: %1 (%2).</source>
        <translation>Der Wächter ließ sich nicht starten: %1 (%2).</translation>
    </message>
    <message>
        <source>The watchdog is back.</source>
        <translation>Der Wächter ist wieder da.</translation>
    </message>
    <message>
        <source>The watchdog has ended unexpectedly.</source>
        <translation>Der Wächter endete unerwartet.</translation>
    </message>
    <message>
        <source>%1 It was started three times within a minute, and is tried again in %2 s: until then nobody offers to stop trading when this window hangs.</source>
        <translation>%1 Er wurde dreimal in einer Minute gestartet und wird in %2 s wieder versucht: Bis dahin bietet niemand an, den Handel anzuhalten, wenn dieses Fenster hängt.</translation>
    </message>
    <message>
        <source>%1 It is being started again.</source>
        <translation>%1 Er wird neu gestartet.</translation>
    </message>
</context>
<context>
    <name>vegadesk::desk::Webhook</name>
    <message>
        <source>Too many alerts at once: one was not sent.</source>
        <translation>Zu viele Alarme auf einmal: einer wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>The webhook answered %1.</source>
        <translation>Der Webhook antwortete %1.</translation>
    </message>
    <message>
        <source>The webhook was not reached: %1</source>
        <translation>Der Webhook war nicht erreichbar: %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::AccountSection</name>
    <message>
        <source>Client secret</source>
        <translation>Client-Geheimnis</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Refresh-Token</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Logs in once and asks which accounts these keys open</source>
        <translation>Meldet sich einmal an und fragt, welche Konten diese Schlüssel öffnen</translation>
    </message>
    <message>
        <source>Verify and keep</source>
        <translation>Prüfen und behalten</translation>
    </message>
    <message>
        <source>Into the system&apos;s keychain, once the broker has accepted them</source>
        <translation>In den Schlüsselbund des Systems, sobald der Broker sie angenommen hat</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Takes the keys out of the system&apos;s keychain</source>
        <translation>Nimmt die Schlüssel aus dem Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Account to open</source>
        <translation>Zu öffnendes Konto</translation>
    </message>
    <message>
        <source>No keys yet.</source>
        <translation>Noch keine Schlüssel.</translation>
    </message>
    <message>
        <source>Asking the system&apos;s keychain… It may want to be unlocked.</source>
        <translation>Der Schlüsselbund des Systems wird gefragt… Vielleicht will er entsperrt werden.</translation>
    </message>
    <message>
        <source>Keys come from %1 in the environment; they go before any in the keychain.</source>
        <translation>Schlüssel kommen aus %1 in der Umgebung; sie gehen denen im Schlüsselbund vor.</translation>
    </message>
    <message>
        <source>Keys are in the system&apos;s keychain.</source>
        <translation>Schlüssel liegen im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Logging in…</source>
        <translation>Anmeldung läuft…</translation>
    </message>
    <message>
        <source>The broker refused this login: %1 Nothing was kept.</source>
        <translation>Der Broker hat diese Anmeldung abgelehnt: %1 Nichts wurde behalten.</translation>
    </message>
    <message>
        <source>The broker could not be asked: %1 Nothing was kept.</source>
        <translation>Der Broker konnte nicht gefragt werden: %1 Nichts wurde behalten.</translation>
    </message>
    <message numerus="yes">
        <source>The login is accepted and opens %n account(s).</source>
        <translation>
            <numerusform>Die Anmeldung ist angenommen und öffnet %n Konto.</numerusform>
            <numerusform>Die Anmeldung ist angenommen und öffnet %n Konten.</numerusform>
        </translation>
    </message>
    <message>
        <source>The keys are forgotten. A session that is open goes on until it ends.</source>
        <translation>Die Schlüssel sind vergessen. Eine offene Sitzung läuft weiter, bis sie endet.</translation>
    </message>
    <message>
        <source>The login is accepted, and the keys are in the system&apos;s keychain.</source>
        <translation>Die Anmeldung ist angenommen, und die Schlüssel liegen im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>The first that may trade</source>
        <translation>Das erste, das handeln darf</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>may only be looked at</source>
        <translation>darf nur angesehen werden</translation>
    </message>
    <message>
        <source>The login is accepted, but it opens no account. Nothing was kept.</source>
        <translation>Die Anmeldung ist angenommen, öffnet aber kein Konto. Nichts wurde behalten.</translation>
    </message>
    <message>
        <source>%1 · not one of this login</source>
        <translation>%1 · keines dieser Anmeldung</translation>
    </message>
    <message>
        <source>TW_ACCOUNT says which one</source>
        <translation>TW_ACCOUNT sagt, welches</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::AccountsDialog</name>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Sandbox at the broker (certification)</source>
        <translation>Sandbox beim Broker (Zertifizierung)</translation>
    </message>
    <message>
        <source>Practice orders, no real money. Create a grant on the broker&apos;s sandbox page.</source>
        <translation>Übungsaufträge, kein echtes Geld. Eine Freigabe (Grant) entsteht auf der Sandbox-Seite des Brokers.</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Echter Betrieb</translation>
    </message>
    <message>
        <source>Your real account. A grant that may only read is enough for production quotes beside sandbox orders. Create it at the broker: My Profile, API, OAuth Applications, Create Grant.</source>
        <translation>Das echte Konto. Für echte Kurse neben Sandbox-Aufträgen genügt eine Freigabe, die nur lesen darf. Sie entsteht beim Broker: My Profile, API, OAuth Applications, Create Grant.</translation>
    </message>
    <message>
        <source>Keys are kept in the system&apos;s keychain and nowhere else; they are not shown again. After two refused logins in a row no more are tried for a while, because the broker locks an address out for hours.</source>
        <translation>Schlüssel liegen im Schlüsselbund des Systems und sonst nirgends; sie werden nicht wieder gezeigt. Nach zwei abgelehnten Anmeldungen hintereinander wird eine Weile keine mehr versucht, weil der Broker eine Adresse für Stunden aussperrt.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::AlertRulesDialog</name>
    <message>
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Alert rules</source>
        <translation>Alarmregeln</translation>
    </message>
    <message>
        <source>No rules yet. “Add” makes one; “Suggested rules” those that most people want.</source>
        <translation>Noch keine Regeln. „Neu“ legt eine an; „Vorschläge“ die, die die meisten wollen.</translation>
    </message>
    <message>
        <source>A rule speaks once when its figure goes beyond the threshold, and again only after it was back by 2 % of it. Each is listed in Alerts and in the log.</source>
        <translation>Eine Regel meldet sich einmal, wenn ihr Wert die Schwelle überschreitet, und erst wieder, nachdem er um 2 % davon zurück war. Jede Meldung steht unter Alarme und im Log.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Suggested rules</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Daily loss, leverage, value at risk, a stressed market, a silent feed and orders whose outcome is not known; only what is not watched yet</source>
        <translation>Tagesverlust, Hebel, Value at Risk, gestresster Markt, stumme Kurse und Aufträge mit unklarem Ausgang; nur was noch nicht beobachtet wird</translation>
    </message>
    <message>
        <source>Keep the rules</source>
        <translation>Regeln behalten</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messgröße</translation>
    </message>
    <message>
        <source>Symbol</source>
        <translation>Symbol</translation>
    </message>
    <message>
        <source>symbol</source>
        <translation>Symbol</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wenn</translation>
    </message>
    <message>
        <source>above</source>
        <translation>über</translation>
    </message>
    <message>
        <source>below</source>
        <translation>unter</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::AlertRulesModel</name>
    <message>
        <source>above</source>
        <translation>über</translation>
    </message>
    <message>
        <source>below</source>
        <translation>unter</translation>
    </message>
    <message>
        <source>The figure is not known now: nothing fires.</source>
        <translation>Der Wert ist jetzt nicht bekannt: kein Alarm.</translation>
    </message>
    <message>
        <source>Beyond the threshold now: the rule speaks, or has spoken already.</source>
        <translation>Jetzt jenseits der Schwelle: die Regel meldet sich, oder hat es schon getan.</translation>
    </message>
    <message>
        <source>Not beyond the threshold now.</source>
        <translation>Jetzt nicht jenseits der Schwelle.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::AlertsModel</name>
    <message>
        <source>what is held</source>
        <translation>Bestand</translation>
    </message>
    <message>
        <source>deleted since</source>
        <translation>inzwischen gelöscht</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::AlertsPanel</name>
    <message>
        <source>Mark all seen</source>
        <translation>Alle gesehen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>The selected lines, or all of them</source>
        <translation>Die gewählten Zeilen, oder alle</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>Regeln…</translation>
    </message>
    <message>
        <source>Which figures are watched, and where you hear of them</source>
        <translation>Welche Werte beobachtet werden, und wo sie sich melden</translation>
    </message>
    <message>
        <source>No rule is watched yet. “Rules…” makes one, and so does “Alert me when…” in the menu of a risk gauge, a watched symbol or a position. Assignments and ex-dividend dates of what you hold are always told.</source>
        <translation>Noch wird keine Regel beobachtet. „Regeln…“ legt eine an, ebenso „Alarm bei…“ im Menü einer Risikoanzeige, eines beobachteten Symbols oder einer Position. Zuteilungen und Ex-Tage des Bestands werden immer gemeldet.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing to tell. %n rule(s) watched, beside assignments and ex-dividend dates of what you hold.</source>
        <translation>
            <numerusform>Nichts zu melden. %n Regel wird beobachtet, dazu Zuteilungen und Ex-Tage des Bestands.</numerusform>
            <numerusform>Nichts zu melden. %n Regeln werden beobachtet, dazu Zuteilungen und Ex-Tage des Bestands.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ArmDialog</name>
    <message>
        <source>Arm orders</source>
        <translation>Aufträge scharf schalten</translation>
    </message>
    <message>
        <source>Arm orders with real money?</source>
        <translation>Aufträge mit echtem Geld scharf schalten?</translation>
    </message>
    <message>
        <source>From then on what you send, and what strategies that run here decide, trades real money in account %1, within the limits of the risk gate.</source>
        <translation>Von da an handelt, was gesendet wird und was hier laufende Strategien entscheiden, mit echtem Geld im Konto %1, in den Grenzen der Risikoprüfung.</translation>
    </message>
    <message>
        <source>They are disarmed by themselves when the connection or the quotes are lost, a limit is reached, the session ends, or nothing was sent for an hour while no strategy runs. Cancels always pass.</source>
        <translation>Sie entschärfen sich von selbst, wenn Verbindung oder Kurse verloren gehen, eine Grenze erreicht wird, die Sitzung endet oder eine Stunde lang nichts gesendet wurde und keine Strategie läuft. Stornos gehen immer durch.</translation>
    </message>
    <message>
        <source>Not armed now: %1.</source>
        <translation>Jetzt nicht scharf: %1.</translation>
    </message>
    <message>
        <source>Type the account&apos;s number, %1, to confirm:</source>
        <translation>Zur Bestätigung die Kontonummer %1 eingeben:</translation>
    </message>
    <message>
        <source>Leave them disarmed</source>
        <translation>Entschärft lassen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::AttributionPanel</name>
    <message>
        <source>span of the profit</source>
        <translation>Zeitraum der G&amp;V</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Since entry</source>
        <translation>Seit Einstieg</translation>
    </message>
    <message>
        <source>Since each position was opened</source>
        <translation>Seit Eröffnung jeder Position</translation>
    </message>
    <message>
        <source>Copy</source>
        <comment>a table</comment>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copies every row to the cent, for a spreadsheet (Ctrl+C in the table)</source>
        <translation>Kopiert jede Zeile auf den Cent, für eine Tabellenkalkulation (Strg+C in der Tabelle)</translation>
    </message>
    <message>
        <source>parts of the profit, one after the other, and their total</source>
        <translation>Teile der G&amp;V, einer nach dem anderen, und ihre Summe</translation>
    </message>
    <message>
        <source>Large moves, jumps of volatility between strikes, and stale quotes leave more unexplained.</source>
        <translation>Große Bewegungen, Sprünge der Volatilität zwischen Basispreisen und veraltete Kurse lassen mehr unerklärt.</translation>
    </message>
    <message>
        <source>profit by book, underlying, group and position; the current row is drawn</source>
        <translation>G&amp;V nach Buch, Basiswert, Gruppe und Position; die aktuelle Zeile ist gezeichnet</translation>
    </message>
    <message>
        <source>Nothing is held and nothing was traded: there is no profit to take apart.</source>
        <translation>Nichts wird gehalten und nichts wurde gehandelt: es gibt keine G&amp;V zu zerlegen.</translation>
    </message>
    <message>
        <source>There is nothing to take apart over this span.</source>
        <translation>Über diesen Zeitraum gibt es nichts zu zerlegen.</translation>
    </message>
    <message>
        <source>since %1, New York</source>
        <translation>seit %1, New York</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>date format</comment>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message>
        <source>▲ %1 of all movements is unexplained</source>
        <translation>▲ %1 aller Bewegungen sind unerklärt</translation>
    </message>
    <message>
        <source>%1 of all movements is unexplained</source>
        <translation>%1 aller Bewegungen sind unerklärt</translation>
    </message>
    <message>
        <source>The toolbar&apos;s figure is the change of the account&apos;s net liquidation; here is what marks, fills and fees of the positions make of it.</source>
        <translation>Die Zahl der Leiste ist die Änderung des Nettowerts des Kontos; hier steht, was Marken, Ausführungen und Gebühren der Positionen daraus machen.</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>Seit %1</translation>
    </message>
    <message>
        <source>What this program has watched of today&apos;s profit: it did not run before then</source>
        <translation>Was dieses Programm vom Gewinn des Tages gesehen hat: Vorher lief es nicht</translation>
    </message>
    <message>
        <source>Since the previous close, as the toolbar&apos;s day P&amp;L</source>
        <translation>Seit dem Vortagesschluss, wie die Tages-GuV der Leiste</translation>
    </message>
    <message>
        <source>the previous close</source>
        <translation>dem Vortagesschluss</translation>
    </message>
    <message>
        <source>Day P&amp;L in the toolbar: %1 since %2, %3 of it not in here.</source>
        <translation>Tages-GuV der Leiste: %1 seit %2, davon %3 hier nicht enthalten.</translation>
    </message>
    <message>
        <source>Day P&amp;L in the toolbar: %1 since %2, %3 of it not in here: made before %4, when this began.</source>
        <translation>Tages-GuV der Leiste: %1 seit %2, davon %3 hier nicht enthalten: entstanden vor %4, dem Beginn dieser Rechnung.</translation>
    </message>
    <message>
        <source>since the previous close</source>
        <translation>seit dem Vortagesschluss</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestAttribution</name>
    <message>
        <source>profit of the run and its trades by source; the current row is drawn</source>
        <translation>Gewinn des Laufs und seiner Geschäfte nach Herkunft; die aktuelle Zeile ist gezeichnet</translation>
    </message>
    <message>
        <source>parts of the profit, one after the other, and their total</source>
        <translation>Teile des Gewinns, einer nach dem anderen, und ihre Summe</translation>
    </message>
    <message>
        <source>Nothing ran: there is no profit to take apart.</source>
        <translation>Nichts ist gelaufen: Es gibt keinen Gewinn zu zerlegen.</translation>
    </message>
    <message>
        <source>The parts add up to the net profit, %1, to the cent.</source>
        <translation>Die Teile ergeben den Nettogewinn, %1, auf den Cent genau.</translation>
    </message>
    <message>
        <source>The parts add up to %1; the net profit is %2.</source>
        <translation>Die Teile ergeben %1; der Nettogewinn ist %2.</translation>
    </message>
    <message numerus="yes">
        <source>Of %n position(s) a mark was missing: what they made is unexplained.</source>
        <translation>
            <numerusform>Bei %n Position fehlte ein Wert: Was sie eingebracht hat, ist unerklärt.</numerusform>
            <numerusform>Bei %n Positionen fehlte ein Wert: Was sie eingebracht haben, ist unerklärt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestCompare</name>
    <message>
        <source>Compare backtests</source>
        <translation>Backtests vergleichen</translation>
    </message>
    <message>
        <source>Choose two runs or more.</source>
        <translation>Wählen Sie zwei Läufe oder mehr.</translation>
    </message>
    <message>
        <source>Reading the runs of earlier sessions …</source>
        <translation>Läufe früherer Sitzungen werden gelesen …</translation>
    </message>
    <message>
        <source>Filter by strategy, symbol or date</source>
        <translation>Nach Strategie, Symbol oder Datum filtern</translation>
    </message>
    <message>
        <source>runs to compare</source>
        <translation>Läufe zum Vergleichen</translation>
    </message>
    <message>
        <source>return of the chosen runs over time</source>
        <translation>Rendite der gewählten Läufe über die Zeit</translation>
    </message>
    <message>
        <source>settings that differ, and figures</source>
        <translation>Einstellungen, die sich unterscheiden, und Kennzahlen</translation>
    </message>
    <message>
        <source>Earlier runs are kept with their settings and figures, without their curves.</source>
        <translation>Frühere Läufe sind mit Einstellungen und Kennzahlen aufbewahrt, ohne ihre Kurven.</translation>
    </message>
    <message>
        <source>The runs of earlier sessions cannot be read: %1</source>
        <translation>Die Läufe früherer Sitzungen sind nicht lesbar: %1</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>d MMM HH:mm:ss</source>
        <comment>date format</comment>
        <translation>d. MMM HH:mm:ss</translation>
    </message>
    <message>
        <source>%1 · %2 · %3, %4 to %5 · %6</source>
        <comment>run, strategy, symbol, days, return</comment>
        <translation>%1 · %2 · %3, %4 bis %5 · %6</translation>
    </message>
    <message>
        <source>No curve is kept of %1: run it again with its settings, and it is drawn.</source>
        <translation>Von %1 ist keine Kurve aufbewahrt: Noch einmal mit denselben Einstellungen ausgeführt, wird sie gezeichnet.</translation>
    </message>
    <message>
        <source>%1 · %2 · %3, %4 to %5</source>
        <comment>time, strategy, symbol, days</comment>
        <translation>%1 · %2 · %3, %4 bis %5</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>date format</comment>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) in a row</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe nacheinander</numerusform>
        </translation>
    </message>
    <message>
        <source>Runs that were made one after another, as a sweep or a walk-forward makes them</source>
        <translation>Läufe, die nacheinander gemacht wurden, wie eine Parametersuche oder ein Walk-forward sie macht</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestDialog</name>
    <message>
        <source>Backtest</source>
        <translation>Backtest</translation>
    </message>
    <message>
        <source>Cancel run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>%1 done, %2</source>
        <translation>%1 erledigt, %2</translation>
    </message>
    <message>
        <source>It did not run: %1</source>
        <translation>Er lief nicht: %1</translation>
    </message>
    <message>
        <source>Cancelled before the first day was done.</source>
        <translation>Abgebrochen, bevor der erste Tag fertig war.</translation>
    </message>
    <message>
        <source>Cancelled. What was done until then is shown.</source>
        <translation>Abgebrochen. Gezeigt wird, was bis dahin fertig war.</translation>
    </message>
    <message>
        <source>Done in %1 s</source>
        <translation>Fertig in %1 s</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestForm</name>
    <message>
        <source>Open rules file…</source>
        <translation>Regeldatei öffnen…</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>A strategy of your own in a JSON file: entry, legs, exits and size</source>
        <translation>Eine eigene Strategie in einer JSON-Datei: Einstieg, Beine, Ausstiege und Größe</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>There is no strategy to run.</source>
        <translation>Es gibt keine Strategie.</translation>
    </message>
    <message>
        <source>Rules of a strategy</source>
        <translation>Regeln einer Strategie</translation>
    </message>
    <message>
        <source>Rules (*.json);;All files (*)</source>
        <translation>Regeln (*.json);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestLedgers</name>
    <message>
        <source>trade</source>
        <translation>Geschäft</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>day, trade, profit</comment>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>d MMM yy</source>
        <comment>date format</comment>
        <translation>d. MMM yy</translation>
    </message>
    <message>
        <source>No trade of this run was hedged with shares: there is no ledger.</source>
        <translation>Kein Geschäft dieses Laufs wurde mit Aktien abgesichert: Es gibt keine Aufstellung.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestResults</name>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>equity and drawdown over time</source>
        <translation>Kapital und Rückgang über die Zeit</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>Trades</source>
        <translation>Geschäfte</translation>
    </message>
    <message>
        <source>Choose a strategy and dates, then run it. The chart, figures and trades appear here; later runs can be compared with earlier ones.</source>
        <translation>Wählen Sie Strategie und Zeitraum und starten Sie. Kurve, Kennzahlen und Geschäfte erscheinen hier; spätere Läufe lassen sich mit früheren vergleichen.</translation>
    </message>
    <message>
        <source>Run %1 · %2 · %3, %4 to %5</source>
        <translation>Lauf %1 · %2 · %3, %4 bis %5</translation>
    </message>
    <message>
        <source> · cancelled</source>
        <translation> · abgebrochen</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>Months</source>
        <translation>Monate</translation>
    </message>
    <message>
        <source>Assumptions</source>
        <translation>Annahmen</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen…</translation>
    </message>
    <message>
        <source>Export report…</source>
        <translation>Bericht exportieren…</translation>
    </message>
    <message>
        <source>Copy</source>
        <comment>a table</comment>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>The report is in %1</source>
        <translation>Der Bericht steht in %1</translation>
    </message>
    <message>
        <source>The report was not written: %1</source>
        <translation>Der Bericht wurde nicht geschrieben: %1</translation>
    </message>
    <message>
        <source>Puts runs of this and of earlier sessions beside each other</source>
        <translation>Stellt Läufe dieser und früherer Sitzungen nebeneinander</translation>
    </message>
    <message>
        <source>Saves the run as a page, as JSON, or its trades as a table</source>
        <translation>Speichert den Lauf als Seite, als JSON, oder seine Geschäfte als Tabelle</translation>
    </message>
    <message>
        <source>Equity</source>
        <translation>Kapital</translation>
    </message>
    <message>
        <source>Attribution</source>
        <translation>Attribution</translation>
    </message>
    <message>
        <source>Hedges</source>
        <translation>Absicherung</translation>
    </message>
    <message>
        <source>Copies every row, for a spreadsheet (Ctrl+C in the table)</source>
        <translation>Kopiert jede Zeile, für eine Tabellenkalkulation (Strg+C in der Tabelle)</translation>
    </message>
    <message>
        <source>Double click or Enter shows a trade&apos;s chain and payoff as they were</source>
        <translation>Doppelklick oder Eingabetaste zeigt Kette und Auszahlung eines Geschäfts, wie sie waren</translation>
    </message>
    <message>
        <source>no end</source>
        <comment>of an interval</comment>
        <translation>kein Ende</translation>
    </message>
    <message>
        <source>%1 %2 to %3</source>
        <comment>figure, from, to</comment>
        <translation>%1 %2 bis %3</translation>
    </message>
    <message>
        <source>Had the same days come in another order, nine times in ten: %1 (of %2 draws).</source>
        <translation>Wären dieselben Tage in anderer Folge gekommen, in neun von zehn Fällen: %1 (aus %2 Ziehungen).</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>Report as a page (*.html)</source>
        <translation>Bericht als Seite (*.html)</translation>
    </message>
    <message>
        <source>Report as JSON (*.json)</source>
        <translation>Bericht als JSON (*.json)</translation>
    </message>
    <message>
        <source>Trades (*.csv)</source>
        <translation>Geschäfte (*.csv)</translation>
    </message>
    <message>
        <source>Writing %1 …</source>
        <translation>%1 wird geschrieben …</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BacktestTradeWindow</name>
    <message>
        <source>moment</source>
        <translation>Zeitpunkt</translation>
    </message>
    <message>
        <source>expiration</source>
        <translation>Verfall</translation>
    </message>
    <message>
        <source>Trade: %1</source>
        <translation>Geschäft: %1</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Einstieg</translation>
    </message>
    <message>
        <source>After the first fills</source>
        <translation>Nach den ersten Ausführungen</translation>
    </message>
    <message>
        <source>End of the run</source>
        <translation>Ende des Laufs</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Ausstieg</translation>
    </message>
    <message>
        <source>It was still open then</source>
        <translation>Da war es noch offen</translation>
    </message>
    <message>
        <source>Before the last fills</source>
        <translation>Vor den letzten Ausführungen</translation>
    </message>
    <message>
        <source>what was held</source>
        <translation>was gehalten wurde</translation>
    </message>
    <message>
        <source>strikes around it</source>
        <translation>Basispreise darum herum</translation>
    </message>
    <message>
        <source>profit by the underlying&apos;s price, at expiry and on that day</source>
        <translation>Gewinn nach dem Kurs des Basiswerts, bei Verfall und an jenem Tag</translation>
    </message>
    <message>
        <source>that day</source>
        <translation>an jenem Tag</translation>
    </message>
    <message>
        <source>Reading the chain of then …</source>
        <translation>Die Kette von damals wird gelesen …</translation>
    </message>
    <message>
        <source>The chain of then cannot be shown: %1</source>
        <translation>Die Kette von damals kann nicht gezeigt werden: %1</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n day(s)</source>
        <comment>expiration</comment>
        <translation>
            <numerusform>%1, %n Tag</numerusform>
            <numerusform>%1, %n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 New York, %2 at %3</source>
        <comment>time, symbol, price</comment>
        <translation>%1 New York, %2 bei %3</translation>
    </message>
    <message>
        <source>d MMM yyyy HH:mm</source>
        <comment>date format</comment>
        <translation>d. MMM yyyy HH:mm</translation>
    </message>
    <message>
        <source>paid so far %1</source>
        <translation>bisher gezahlt %1</translation>
    </message>
    <message>
        <source>received so far %1</source>
        <translation>bisher erhalten %1</translation>
    </message>
    <message>
        <source>no payoff: a figure of a leg is not known</source>
        <translation>keine Auszahlung: Eine Zahl eines Beins ist nicht bekannt</translation>
    </message>
    <message>
        <source>most that it can make %1 and lose %2</source>
        <translation>höchstens zu gewinnen %1 und zu verlieren %2</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>open, %1 so far</source>
        <translation>offen, bisher %1</translation>
    </message>
    <message>
        <source>it ended with %1: %2</source>
        <translation>es endete mit %1: %2</translation>
    </message>
    <message>
        <source>no payoff: it is in several underlyings</source>
        <translation>keine Auszahlung: es liegt in mehreren Basiswerten</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::BrokerTable</name>
    <message>
        <source>broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>The broker&apos;s answer to the dry run</source>
        <translation>Die Antwort des Brokers auf den Probelauf</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>buying power</source>
        <translation>Kaufkraft</translation>
    </message>
    <message>
        <source>fees</source>
        <translation>Gebühren</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::CandlePlot</name>
    <message>
        <source>%1 M</source>
        <comment>millions</comment>
        <translation>%1 Mio.</translation>
    </message>
    <message>
        <source>%1 k</source>
        <comment>thousands</comment>
        <translation>%1 Tsd.</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>Umsatz</translation>
    </message>
    <message>
        <source>HH:mm</source>
        <comment>time of an axis</comment>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>moment of a bar</comment>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date of an axis</comment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>no implied volatility</source>
        <translation>keine implizite Volatilität</translation>
    </message>
    <message>
        <source>implied %1</source>
        <translation>implizit %1</translation>
    </message>
    <message>
        <source>realised, 20 bars %1</source>
        <translation>realisiert, 20 Kerzen %1</translation>
    </message>
    <message>
        <source>%1
open %2  high %3  low %4  close %5
volume %6  implied %7  realised %8</source>
        <translation>%1
Anfang %2  Hoch %3  Tief %4  Schluss %5
Umsatz %6  implizit %7  realisiert %8</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ChainModel</name>
    <message>
        <source>OI</source>
        <translation>OI</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>Vol.</translation>
    </message>
    <message>
        <source>last</source>
        <translation>letzter</translation>
    </message>
    <message>
        <source>vega</source>
        <translation>Vega</translation>
    </message>
    <message>
        <source>IV</source>
        <translation>IV</translation>
    </message>
    <message>
        <source>mark</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>bid</source>
        <translation>Geld</translation>
    </message>
    <message>
        <source>ask</source>
        <translation>Brief</translation>
    </message>
    <message>
        <source>Open interest</source>
        <translation>Offene Kontrakte</translation>
    </message>
    <message>
        <source>Volume today</source>
        <translation>Volumen heute</translation>
    </message>
    <message>
        <source>Last trade</source>
        <translation>Letzter Abschluss</translation>
    </message>
    <message>
        <source>Vega, dollars per vol point</source>
        <translation>Vega, Dollar je Volatilitätspunkt</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Delta</source>
        <translation>Delta</translation>
    </message>
    <message>
        <source>Implied volatility, percent</source>
        <translation>Implizite Volatilität, Prozent</translation>
    </message>
    <message>
        <source>Mark (middle of bid and ask)</source>
        <translation>Wert (Mitte von Geld und Brief)</translation>
    </message>
    <message>
        <source>Bid</source>
        <translation>Geld</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Brief</translation>
    </message>
    <message>
        <source>the quote is not a valid price</source>
        <translation>die Quotierung ist kein gültiger Preis</translation>
    </message>
    <message>
        <source>crossed: the bid is above the ask</source>
        <translation>gekreuzt: Geld liegt über Brief</translation>
    </message>
    <message>
        <source>one-sided: a bid or an ask is missing</source>
        <translation>einseitig: Geld oder Brief fehlt</translation>
    </message>
    <message>
        <source>stale: no fresh quote has arrived</source>
        <translation>veraltet: keine frische Quotierung ist eingetroffen</translation>
    </message>
    <message>
        <source>zero bid: nobody offers to buy</source>
        <translation>kein Geld: niemand will kaufen</translation>
    </message>
    <message>
        <source>locked: the bid equals the ask</source>
        <translation>gleich: Geld ist Brief</translation>
    </message>
    <message>
        <source>bid %1 × %2, ask %3 × %4</source>
        <translation>Geld %1 × %2, Brief %3 × %4</translation>
    </message>
    <message>
        <source>position %1</source>
        <translation>Position %1</translation>
    </message>
    <message>
        <source>Greeks from the neighbouring strikes&apos; volatility: these quotes give none</source>
        <translation>Griechen aus der Volatilität der Nachbarn: diese Quotierungen ergeben keine</translation>
    </message>
    <message>
        <source>strike %1</source>
        <translation>Basispreis %1</translation>
    </message>
    <message>
        <source>call</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>put</source>
        <translation>Put</translation>
    </message>
    <message>
        <source>not listed</source>
        <translation>nicht notiert</translation>
    </message>
    <message>
        <source>strike</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>theo</source>
        <translation>Theo</translation>
    </message>
    <message>
        <source>Theoretical price by the chosen model</source>
        <translation>Theoretischer Preis nach dem gewählten Modell</translation>
    </message>
    <message>
        <source>%1: theo %2, Δ %3, Γ %4, Θ %5, vega %6</source>
        <translation>%1: Theo %2, Δ %3, Γ %4, Θ %5, Vega %6</translation>
    </message>
    <message>
        <source>broker: theo %1, IV %2, Δ %3, Γ %4, Θ %5, vega %6 (%7)</source>
        <translation>Broker: Theo %1, IV %2, Δ %3, Γ %4, Θ %5, Vega %6 (%7)</translation>
    </message>
    <message>
        <source>the model&apos;s price %1 is outside bid and ask</source>
        <translation>der Preis des Modells %1 liegt außerhalb von Geld und Brief</translation>
    </message>
    <message>
        <source>P touch</source>
        <translation>P Berührung</translation>
    </message>
    <message>
        <source>P ITM</source>
        <translation>P im Geld</translation>
    </message>
    <message>
        <source>Probability that the underlying trades at the strike before expiry, percent</source>
        <translation>Wahrscheinlichkeit in Prozent, dass der Basiswert vor dem Verfall am Ausübungspreis handelt</translation>
    </message>
    <message>
        <source>Probability to end in the money, percent</source>
        <translation>Wahrscheinlichkeit in Prozent, im Geld zu enden</translation>
    </message>
    <message>
        <source>%1 s old</source>
        <translation>%1 s alt</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>by the fitted surface: %1 to end in the money, %2 to touch the strike before expiry</source>
        <translation>nach der angepassten Fläche: %1, im Geld zu enden, %2, den Ausübungspreis vor dem Verfall zu berühren</translation>
    </message>
    <message>
        <source>Theta, dollars over the next calendar day, in the time to expiry of the settings</source>
        <translation>Theta, Dollar über den nächsten Kalendertag, in der Restlaufzeit der Einstellungen</translation>
    </message>
    <message>
        <source>outside what the networks were trained for: by finite differences</source>
        <translation>außerhalb dessen, wofür die Netze trainiert sind: mit finiten Differenzen</translation>
    </message>
    <message>
        <source>%1 %2 ± %3</source>
        <comment>model, its price, its greatest error</comment>
        <translation>%1 %2 ± %3</translation>
    </message>
    <message>
        <source>finite differences %1: it is %2 below</source>
        <translation>finite Differenzen %1: er liegt %2 darunter</translation>
    </message>
    <message>
        <source>finite differences %1: it is %2 above</source>
        <translation>finite Differenzen %1: er liegt %2 darüber</translation>
    </message>
    <message>
        <source>▲ that is more than the networks&apos; bound: do not rely on it</source>
        <translation>▲ das ist mehr als die Schranke der Netze: nicht darauf verlassen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ChainTable</name>
    <message>
        <source>Option chain: calls left, strikes in the middle, puts right</source>
        <translation>Optionskette: Calls links, Basispreise in der Mitte, Puts rechts</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ChangeBar</name>
    <message>
        <source>trigger %1</source>
        <translation>Auslöser %1</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>trigger </source>
        <translation>Auslöser </translation>
    </message>
    <message>
        <source>The order works on as it was (Esc)</source>
        <translation>Der Auftrag läuft weiter wie bisher (Esc)</translation>
    </message>
    <message>
        <source>CHANGE LIVE</source>
        <translation>LIVE ÄNDERN</translation>
    </message>
    <message>
        <source>Change the order</source>
        <translation>Auftrag ändern</translation>
    </message>
    <message>
        <source>The order works on as it is. Plus and minus move the price by a tick, and so does dragging its limit.</source>
        <translation>Der Auftrag läuft weiter, wie er ist. Plus und Minus bewegen den Preis um einen Tick, ebenso das Ziehen am Limit.</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>The broker cancels the order and places this one in its stead; for a moment none works.</source>
        <translation>Der Broker storniert den Auftrag und stellt diesen an seine Stelle; einen Moment lang läuft keiner.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ColumnFitter</name>
    <message>
        <source>Wider, the table shows too: %1</source>
        <translation>Breiter zeigt die Tabelle auch: %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::CommandPalette</name>
    <message>
        <source>symbol</source>
        <translation>Symbol</translation>
    </message>
    <message>
        <source>panel</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>symbol, panel, command, setting…</source>
        <translation>Symbol, Feld, Befehl, Einstellung…</translation>
    </message>
    <message>
        <source>workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ComparisonModel</name>
    <message>
        <source>Settings that differ</source>
        <translation>Einstellungen, die sich unterscheiden</translation>
    </message>
    <message>
        <source>No setting differs</source>
        <translation>Keine Einstellung unterscheidet sich</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ConnectionsModel</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Quotes (dxLink)</source>
        <translation>Kurse (dxLink)</translation>
    </message>
    <message>
        <source>Account stream</source>
        <translation>Kontostrom</translation>
    </message>
    <message>
        <source>Requests (REST)</source>
        <translation>Anfragen (REST)</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>down</source>
        <translation>getrennt</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ConnectionsPanel</name>
    <message>
        <source>messages that could not be read</source>
        <translation>Nachrichten, die nicht zu lesen waren</translation>
    </message>
    <message>
        <source>Our books were not yet compared with the broker&apos;s.</source>
        <translation>Unsere Bücher wurden noch nicht mit denen des Brokers verglichen.</translation>
    </message>
    <message>
        <source>Our books and the broker&apos;s agreed at %1, New York time.</source>
        <translation>Unsere Bücher und die des Brokers stimmten um %1 überein, New Yorker Zeit.</translation>
    </message>
    <message numerus="yes">
        <source>Compared with the broker&apos;s books at %1, New York time: %n difference(s), see Risk.</source>
        <translation>
            <numerusform>Mit den Büchern des Brokers verglichen um %1, New Yorker Zeit: %n Unterschied, siehe Risiko.</numerusform>
            <numerusform>Mit den Büchern des Brokers verglichen um %1, New Yorker Zeit: %n Unterschiede, siehe Risiko.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every message could be read.</source>
        <translation>Jede Nachricht war zu lesen.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) could not be read; the last ones, newest first:</source>
        <translation>
            <numerusform>%n Nachricht war nicht zu lesen; die letzten, neueste zuerst:</numerusform>
            <numerusform>%n Nachrichten waren nicht zu lesen; die letzten, neueste zuerst:</numerusform>
        </translation>
    </message>
    <message>
        <source>The broker&apos;s clock is not known yet.</source>
        <translation>Die Uhr des Brokers ist noch nicht bekannt.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock and the broker&apos;s agree.</source>
        <translation>Die Uhr dieses Rechners und die des Brokers stimmen überein.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 s behind the broker&apos;s.</source>
        <translation>Die Uhr dieses Rechners geht gegenüber der des Brokers %1 s nach.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 s ahead of the broker&apos;s.</source>
        <translation>Die Uhr dieses Rechners geht gegenüber der des Brokers %1 s vor.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::CorrelationPlot</name>
    <message>
        <source>d MMM yy</source>
        <comment>date format of a time axis</comment>
        <translation>d. MMM yy</translation>
    </message>
    <message>
        <source>implied</source>
        <translation>implizit</translation>
    </message>
    <message>
        <source>implied, proxy</source>
        <translation>implizit, Näherung</translation>
    </message>
    <message>
        <source>realised, 21 days</source>
        <translation>realisiert, 21 Tage</translation>
    </message>
    <message>
        <source>%1: implied %2, proxy %3, realised %4</source>
        <translation>%1: implizit %2, Näherung %3, realisiert %4</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::CurvePlot</name>
    <message>
        <source>%1
%2: %3</source>
        <translation>%1
%2: %3</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::DispersionModel</name>
    <message>
        <source>the listing of %1 has not come yet</source>
        <translation>die Liste der Optionen auf %1 ist noch nicht da</translation>
    </message>
    <message>
        <source>%1 is not known here</source>
        <translation>%1 ist hier nicht bekannt</translation>
    </message>
    <message>
        <source>no options are listed on %1</source>
        <translation>auf %1 sind keine Optionen gelistet</translation>
    </message>
    <message>
        <source>%1 has no quotes yet</source>
        <translation>%1 hat noch keine Kurse</translation>
    </message>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation>
            <numerusform>%n Position fehlt: kein Wert ist bekannt</numerusform>
            <numerusform>%n Positionen fehlen: kein Wert ist bekannt</numerusform>
        </translation>
    </message>
    <message>
        <source>the daily bars of %1 have not come yet</source>
        <translation>die Tageskerzen von %1 sind noch nicht da</translation>
    </message>
    <message>
        <source>%1 of the members that are known</source>
        <translation>%1 der Mitglieder, die bekannt sind</translation>
    </message>
    <message>
        <source>no new quotes: as of the last ones</source>
        <translation>keine neuen Kurse: Stand der letzten</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::DispersionPanel</name>
    <message>
        <source>above %1 of the last year&apos;s days, whose median is %2</source>
        <translation>über %1 der Tage des letzten Jahres, deren Median %2 ist</translation>
    </message>
    <message>
        <source>pairs moved with %1 over 21 days and %2 over 63</source>
        <translation>Paare bewegten sich über 21 Tage mit %1 und über 63 mit %2</translation>
    </message>
    <message>
        <source>of %1 of %2 members, %3 of their weight</source>
        <translation>aus %1 von %2 Mitgliedern, %3 ihres Gewichts</translation>
    </message>
    <message>
        <source>Nothing is held in %1 or these members.</source>
        <translation>In %1 und diesen Mitgliedern wird nichts gehalten.</translation>
    </message>
    <message>
        <source>Δ %1 $</source>
        <translation>Δ %1 $</translation>
    </message>
    <message>
        <source>β Δ %1 $</source>
        <translation>β Δ %1 $</translation>
    </message>
    <message>
        <source>Γ %1 $ for 1 %</source>
        <translation>Γ %1 $ je 1 %</translation>
    </message>
    <message>
        <source>Θ %1 $ a day</source>
        <translation>Θ %1 $ am Tag</translation>
    </message>
    <message>
        <source>vega index %1, members %2</source>
        <translation>Vega Index %1, Mitglieder %2</translation>
    </message>
    <message>
        <source>ratio %1 (even vega 1, even theta %2)</source>
        <translation>Verhältnis %1 (gleiches Vega 1, gleiches Theta %2)</translation>
    </message>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation>
            <numerusform>%n Position fehlt: kein Wert ist bekannt</numerusform>
            <numerusform>%n Positionen fehlen: kein Wert ist bekannt</numerusform>
        </translation>
    </message>
    <message>
        <source>Held together: %1</source>
        <translation>Zusammen gehalten: %1</translation>
    </message>
    <message>
        <source>Not in the implied correlation: %1.</source>
        <translation>Nicht in der impliziten Korrelation: %1.</translation>
    </message>
    <message>
        <source>Daily bars have not come yet: %1.</source>
        <translation>Tageskerzen sind noch nicht da: %1.</translation>
    </message>
    <message>
        <source>The daily bars carry no implied volatilities: its history begins with this session.</source>
        <translation>Die Tageskerzen enthalten keine impliziten Volatilitäten: der Verlauf beginnt mit dieser Sitzung.</translation>
    </message>
    <message>
        <source>No new quotes: implied volatilities are those of the last ones.</source>
        <translation>Keine neuen Kurse: die impliziten Volatilitäten sind die der letzten.</translation>
    </message>
    <message>
        <source>span of the correlations</source>
        <translation>Zeitraum der Korrelationen</translation>
    </message>
    <message>
        <source>implied and realised correlation over time</source>
        <translation>implizite und realisierte Korrelation im Verlauf</translation>
    </message>
    <message>
        <source>What correlation of the members the index&apos;s implied volatility says: (σ_I² − Σw²σ²) / ((Σwσ)² − Σw²σ²). The proxy (σ_I / Σwσ)² is too high where members are few. Realised: by the first formula, of daily closes.</source>
        <translation>Welche Korrelation der Mitglieder aus der impliziten Volatilität des Index folgt: (σ_I² − Σw²σ²) / ((Σwσ)² − Σw²σ²). Die Näherung (σ_I / Σwσ)² ist bei wenigen Mitgliedern zu hoch. Realisiert: nach der ersten Formel, aus Tagesschlüssen.</translation>
    </message>
    <message>
        <source>All positions in the index and these members together. β Δ is in dollars of the reference index; Γ is what a move of every name by 1 % adds to Δ. The ratio is the members&apos; vega a dollar of the index&apos;s.</source>
        <translation>Alle Positionen im Index und in diesen Mitgliedern zusammen. β Δ ist in Dollar des Referenzindex; Γ ist, was eine Bewegung jedes Namens um 1 % zu Δ hinzufügt. Das Verhältnis ist das Vega der Mitglieder je Dollar von dem des Index.</translation>
    </message>
    <message>
        <source>Waiting for the basket&apos;s listings…</source>
        <translation>Warten auf die Optionslisten des Korbs…</translation>
    </message>
    <message>
        <source>3 M</source>
        <comment>span</comment>
        <translation>3 M</translation>
    </message>
    <message>
        <source>Three months</source>
        <translation>Drei Monate</translation>
    </message>
    <message>
        <source>1 Y</source>
        <comment>span</comment>
        <translation>1 J</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>Ein Jahr</translation>
    </message>
    <message>
        <source>All</source>
        <comment>span</comment>
        <translation>Alles</translation>
    </message>
    <message>
        <source>All that is known</source>
        <translation>Alles, was bekannt ist</translation>
    </message>
    <message>
        <source>Basket: an index and its members with their weights</source>
        <translation>Korb: ein Index und seine Mitglieder mit ihren Gewichten</translation>
    </message>
    <message>
        <source>An index and its members with their weights in it, as in “SPY = AAPL 0.07, MSFT 0.06”. Enter takes it, an empty line brings back the shipped one.</source>
        <translation>Ein Index und seine Mitglieder mit ihren Gewichten darin, wie in „SPY = AAPL 0.07, MSFT 0.06“. Die Eingabetaste übernimmt ihn, eine leere Zeile holt den mitgelieferten zurück.</translation>
    </message>
    <message>
        <source>the index and its members, with volatilities and what is held</source>
        <translation>der Index und seine Mitglieder, mit Volatilitäten und dem, was gehalten wird</translation>
    </message>
    <message>
        <source>%1: implied correlation %2 (proxy %3), realised %4 over 21 days and %5 over 63</source>
        <translation>%1: implizite Korrelation %2 (Näherung %3), realisiert %4 über 21 Tage und %5 über 63</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::DockTitle</name>
    <message>
        <source>Float or dock this panel</source>
        <translation>Feld lösen oder andocken</translation>
    </message>
    <message>
        <source>Close this panel</source>
        <translation>Feld schließen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::EntryLook</name>
    <message>
        <source>Looking what it would open now …</source>
        <translation>Es wird nachgesehen, was sie jetzt eröffnen würde …</translation>
    </message>
    <message>
        <source>What it would open now is not known: not connected to a broker.</source>
        <translation>Was sie jetzt eröffnen würde, ist nicht bekannt: keine Verbindung zu einem Broker.</translation>
    </message>
    <message>
        <source>It would open nothing now: %1.</source>
        <translation>Sie würde jetzt nichts eröffnen: %1.</translation>
    </message>
    <message>
        <source>max loss %1</source>
        <translation>höchster Verlust %1</translation>
    </message>
    <message numerus="yes">
        <source>and %n more order(s)</source>
        <translation>
            <numerusform>und %n weiterer Auftrag</numerusform>
            <numerusform>und %n weitere Aufträge</numerusform>
        </translation>
    </message>
    <message>
        <source>It would open now: %1.</source>
        <translation>Sie würde jetzt eröffnen: %1.</translation>
    </message>
    <message>
        <source>But it would not be sent: %1</source>
        <translation>Gesendet würde es aber nicht: %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::EquityPlot</name>
    <message>
        <source>equity, dollars</source>
        <translation>Kapital, Dollar</translation>
    </message>
    <message>
        <source>drawdown</source>
        <translation>Rückgang</translation>
    </message>
    <message>
        <source>d MMM yy</source>
        <comment>date format of a time axis</comment>
        <translation>d. MMM yy</translation>
    </message>
    <message>
        <source>%1: equity %2, drawdown %3</source>
        <translation>%1: Kapital %2, Rückgang %3</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>date format</comment>
        <translation>d. MMM yyyy</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ExitRows</name>
    <message>
        <source>exits</source>
        <translation>Ausstiege</translation>
    </message>
    <message>
        <source>profit target</source>
        <translation>Gewinnziel</translation>
    </message>
    <message>
        <source>stop loss</source>
        <translation>Verluststop</translation>
    </message>
    <message>
        <source>target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>%1, percent of the premium</source>
        <translation>%1, Prozent der Prämie</translation>
    </message>
    <message>
        <source>Profit in percent of the premium</source>
        <translation>Gewinn in Prozent der Prämie</translation>
    </message>
    <message>
        <source>Loss in percent of the premium</source>
        <translation>Verlust in Prozent der Prämie</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>%1, price</source>
        <translation>%1, Preis</translation>
    </message>
    <message>
        <source>A limit of one unit, that waits until the market comes there</source>
        <translation>Ein Limit je Einheit, das wartet, bis der Markt dort ist</translation>
    </message>
    <message>
        <source>A trigger: once the middle of the quote is there, a market order closes</source>
        <translation>Ein Auslöser: ist die Mitte der Kurse dort, schließt ein Marktauftrag</translation>
    </message>
    <message>
        <source>Closes at a profit target or at a stop loss, whichever comes first</source>
        <translation>Schließt am Gewinnziel oder am Verluststop, was zuerst kommt</translation>
    </message>
    <message>
        <source>Sent along, and working once the order has filled, until cancelled</source>
        <translation>Wird mitgesendet und läuft nach der Ausführung des Auftrags, bis er storniert wird</translation>
    </message>
    <message>
        <source>one fills, the other is cancelled</source>
        <translation>einer wird ausgeführt, der andere storniert</translation>
    </message>
    <message>
        <source>once filled, until cancelled</source>
        <translation>nach Ausführung, bis storniert</translation>
    </message>
    <message>
        <source>What it would make against the price of the order, or against what was paid for what is held; without fees</source>
        <translation>Was es gegen den Preis des Auftrags brächte, oder gegen das, was für Gehaltenes bezahlt wurde; ohne Gebühren</translation>
    </message>
    <message>
        <source>one fills, the other is cancelled; both end today</source>
        <translation>einer wird ausgeführt, der andere storniert; beide enden heute</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ExpirationStrip</name>
    <message>
        <source>More expirations</source>
        <translation>Weitere Verfallstage</translation>
    </message>
    <message>
        <source>%1 · %2d</source>
        <comment>expiration and days left</comment>
        <translation>%1 · %2 T</translation>
    </message>
    <message>
        <source>AM</source>
        <translation>AM</translation>
    </message>
    <message>
        <source>%1 · expired</source>
        <comment>expiration</comment>
        <translation>%1 · verfallen</translation>
    </message>
    <message>
        <source>Its options trade no more.</source>
        <translation>Ihre Optionen werden nicht mehr gehandelt.</translation>
    </message>
    <message>
        <source>expected move ±%1: one standard deviation, by the fitted surface</source>
        <translation>erwartete Bewegung ±%1: eine Standardabweichung, nach der angepassten Fläche</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ExposureModel</name>
    <message>
        <source>Portfolio</source>
        <translation>Portfolio</translation>
    </message>
    <message>
        <source>%1 · %2d</source>
        <comment>expiration and days left</comment>
        <translation>%1 · %2 T</translation>
    </message>
    <message>
        <source>shares</source>
        <translation>Aktien</translation>
    </message>
    <message>
        <source>Beta to %1: %2</source>
        <translation>Beta zu %1: %2</translation>
    </message>
    <message>
        <source>Too little history for a beta to %1</source>
        <translation>Zu wenig Historie für ein Beta zu %1</translation>
    </message>
    <message>
        <source>The broker says %1</source>
        <translation>Der Broker sagt %1</translation>
    </message>
    <message>
        <source>Shares of different underlyings do not add up: see the dollar delta</source>
        <translation>Aktien verschiedener Basiswerte lassen sich nicht addieren: siehe Dollar-Delta</translation>
    </message>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation>
            <numerusform>%n Position fehlt: kein Wert ist bekannt</numerusform>
            <numerusform>%n Positionen fehlen: kein Wert ist bekannt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1  β %2</source>
        <translation>%1  β %2</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ExposurePanel</name>
    <message>
        <source>Greeks and margin by underlying and expiration</source>
        <translation>Griechen und Margin nach Basiswert und Verfall</translation>
    </message>
    <message>
        <source>No positions. The Greeks and the margin of what you hold appear here, by underlying and expiration.</source>
        <translation>Keine Positionen. Griechen und Margin des Bestands erscheinen hier, nach Basiswert und Verfall.</translation>
    </message>
    <message>
        <source>Margin: %1 by our rules, %2 by the broker, %3 apart</source>
        <translation>Margin: %1 nach unseren Regeln, %2 beim Broker, Differenz %3</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::FoldPlot</name>
    <message>
        <source>d MMM yy</source>
        <comment>date format of a time axis</comment>
        <translation>d. MMM yy</translation>
    </message>
    <message>
        <source>%1: in sample (pale) and out of sample</source>
        <translation>%1: in der Stichprobe (blass) und außerhalb</translation>
    </message>
    <message>
        <source>picked on %1 to %2: %3
traded %4 to %5: %6, %7
%8</source>
        <translation>gewählt nach %1 bis %2: %3
gehandelt %4 bis %5: %6, %7
%8</translation>
    </message>
    <message>
        <source>%1, at a loss</source>
        <translation>%1, mit Verlust</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::FoldsModel</name>
    <message>
        <source>%1, one open</source>
        <translation>%1, einer offen</translation>
    </message>
    <message>
        <source>Even the best setting lost money on the days picked on: %1.</source>
        <translation>Selbst die beste Einstellung verlor an den Tagen der Auswahl Geld: %1.</translation>
    </message>
    <message>
        <source>%1, at a loss</source>
        <translation>%1, mit Verlust</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::GreeksModel</name>
    <message>
        <source>Portfolio</source>
        <translation>Portfolio</translation>
    </message>
    <message>
        <source>staged · %1</source>
        <translation>vorgemerkt · %1</translation>
    </message>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation>
            <numerusform>%n Position fehlt: kein Wert ist bekannt</numerusform>
            <numerusform>%n Positionen fehlen: kein Wert ist bekannt</numerusform>
        </translation>
    </message>
    <message>
        <source>What the staged order would add if it filled</source>
        <translation>Was die vorgemerkte Order bei Ausführung beitrüge</translation>
    </message>
    <message>
        <source>Shares of different underlyings do not add up: see the dollar delta</source>
        <translation>Aktien verschiedener Basiswerte lassen sich nicht addieren: siehe Dollar-Delta</translation>
    </message>
    <message>
        <source>ours, by Black-Scholes at each strike&apos;s volatility: %1</source>
        <translation>unsere, nach Black-Scholes mit der Volatilität jedes Ausübungspreises: %1</translation>
    </message>
    <message>
        <source>the broker&apos;s: %1</source>
        <translation>die des Brokers: %1</translation>
    </message>
    <message>
        <source>%1 of %2 as the broker says them, the others by Black-Scholes</source>
        <translation>%1 von %2, wie der Broker sie angibt, die anderen nach Black-Scholes</translation>
    </message>
    <message>
        <source>%1 of %2 by %3, the others by Black-Scholes</source>
        <translation>%1 von %2 nach %3, die anderen nach Black-Scholes</translation>
    </message>
    <message>
        <source>%1 · %2 of %3</source>
        <comment>priced by the chosen model</comment>
        <translation>%1 · %2 von %3</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::GreeksPanel</name>
    <message>
        <source>up to %1 s old</source>
        <translation>bis zu %1 s alt</translation>
    </message>
    <message>
        <source>as the broker says them</source>
        <translation>wie der Broker sie nennt</translation>
    </message>
    <message>
        <source>ours, by %1</source>
        <translation>unsere, nach %1</translation>
    </message>
    <message>
        <source>the broker says none</source>
        <translation>der Broker nennt keine</translation>
    </message>
    <message>
        <source>the broker&apos;s in the tooltips, %1</source>
        <translation>die des Brokers in den Hinweisen, %1</translation>
    </message>
    <message>
        <source>%1 in part</source>
        <comment>some figures are by another model</comment>
        <translation>%1 zum Teil</translation>
    </message>
    <message>
        <source>QuantLib prices the strikes around the money of the shown expiration, one after the other</source>
        <translation>QuantLib rechnet die Ausübungspreise am Geld des gezeigten Verfalls, einen nach dem anderen</translation>
    </message>
    <message>
        <source>only the shown chain is fitted</source>
        <translation>nur die gezeigte Kette ist angepasst</translation>
    </message>
    <message>
        <source>Θ moved to trading time, of the next calendar day</source>
        <translation>Θ in Handelszeit umgerechnet, des nächsten Kalendertags</translation>
    </message>
    <message>
        <source>Θ of the next calendar day in trading time</source>
        <translation>Θ des nächsten Kalendertags in Handelszeit</translation>
    </message>
    <message>
        <source>▲ amber: ours and the broker&apos;s are more apart than a tenth of what they add up</source>
        <translation>▲ gelb: unsere und die des Brokers sind weiter auseinander als ein Zehntel dessen, was sie zusammenzählen</translation>
    </message>
    <message>
        <source>only American options of the shown expiration are solved</source>
        <translation>nur amerikanische Optionen des gezeigten Verfalls sind gelöst</translation>
    </message>
    <message>
        <source>the networks price American options of the shown chain, within what they were trained for</source>
        <translation>die Netze bewerten amerikanische Optionen der gezeigten Kette in dem Bereich, für den sie trainiert sind</translation>
    </message>
    <message>
        <source>the networks&apos; own derivatives, and finite differences where they were not trained</source>
        <translation>die eigenen Ableitungen der Netze, und finite Differenzen, wo sie nicht trainiert sind</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::HedgeLedgerModel</name>
    <message>
        <source>d MMM yy HH:mm</source>
        <comment>date format</comment>
        <translation>d. MMM yy HH:mm</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) in one</source>
        <translation>
            <numerusform>%n Zeile in einer</numerusform>
            <numerusform>%n Zeilen in einer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::HedgeLedgerTable</name>
    <message>
        <source>marks and hedges of the chosen trade</source>
        <translation>Werte und Absicherungen des gewählten Geschäfts</translation>
    </message>
    <message>
        <source>½ΓS²[(ΔS/S)² − σ²Δt] %1, unhedged delta %2, residual %3 (implied volatility %4, higher order %5, marks beside the model %6), settlements %7, costs %8: together %9.</source>
        <translation>½ΓS²[(ΔS/S)² − σ²Δt] %1, ungesichertes Delta %2, Rest %3 (implizite Volatilität %4, höhere Ordnung %5, Werte neben dem Modell %6), Abwicklungen %7, Kosten %8: zusammen %9.</translation>
    </message>
    <message>
        <source>By the books: options %1, hedges %2, financing %3, settlements %4, costs %5: the same %6.</source>
        <translation>Nach den Büchern: Optionen %1, Absicherungen %2, Finanzierung %3, Abwicklungen %4, Kosten %5: ebenfalls %6.</translation>
    </message>
    <message>
        <source>Less the financing of %1, which moves no cash of the trade, that is its profit, %2.</source>
        <translation>Ohne die Finanzierung von %1, die kein Geld des Geschäfts bewegt, ist das sein Gewinn, %2.</translation>
    </message>
    <message>
        <source>Since %1, when it was taken over after a restart: less the financing, which moves no cash of the trade, its profit since then is %2. What it made before is not in here.</source>
        <translation>Seit %1, als es nach einem Neustart übernommen wurde: Ohne die Finanzierung, die kein Geld des Geschäfts bewegt, ist sein Gewinn seitdem %2. Was es davor gemacht hat, steht hier nicht.</translation>
    </message>
    <message>
        <source>d MMM yy HH:mm:ss</source>
        <comment>date format</comment>
        <translation>d. MMM yy HH:mm:ss</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::HedgeList</name>
    <message>
        <source>%1: %2 shares of delta, band ±%3</source>
        <translation>%1: Delta %2 Aktien, Band ±%3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Stage hedge</source>
        <translation>Hedge vormerken</translation>
    </message>
    <message>
        <source>Stage hedge: %1</source>
        <translation>Hedge vormerken: %1</translation>
    </message>
    <message>
        <source>Puts it into the ticket; nothing is sent yet.</source>
        <translation>Legt ihn ins Ticket; noch wird nichts gesendet.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::HestonPlot</name>
    <message>
        <source>√v₀ %1</source>
        <comment>volatility now</comment>
        <translation>√v₀ %1</translation>
    </message>
    <message>
        <source>√θ %1</source>
        <comment>volatility in the long run</comment>
        <translation>√θ %1</translation>
    </message>
    <message>
        <source>κ %1</source>
        <comment>speed of the variance&apos;s return</comment>
        <translation>κ %1</translation>
    </message>
    <message>
        <source>σ %1</source>
        <comment>volatility of variance</comment>
        <translation>σ %1</translation>
    </message>
    <message>
        <source>ρ %1</source>
        <comment>correlation of variance and price</comment>
        <translation>ρ %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::JournalModel</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::JournalPanel</name>
    <message numerus="yes">
        <source>Filter the last %n lines</source>
        <translation>
            <numerusform>Die letzte Zeile filtern</numerusform>
            <numerusform>Die letzten %n Zeilen filtern</numerusform>
        </translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu lesen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::LegsModel</name>
    <message>
        <source>Take this leg away</source>
        <translation>Dieses Bein entfernen</translation>
    </message>
    <message>
        <source>This quote is stale, crossed or one-sided: nothing should be traded on it.</source>
        <translation>Diese Quotierung ist veraltet, gekreuzt oder einseitig: darauf sollte nichts gehandelt werden.</translation>
    </message>
    <message>
        <source>remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::LimitEdit</name>
    <message>
        <source>limit price</source>
        <translation>Limitpreis</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::LimitRow</name>
    <message>
        <source>mid</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>× </source>
        <comment>number of units of the order</comment>
        <translation>× </translation>
    </message>
    <message>
        <source>How many times the whole order</source>
        <translation>Wie oft die ganze Order</translation>
    </message>
    <message>
        <source>units</source>
        <translation>Einheiten</translation>
    </message>
    <message>
        <source>order type</source>
        <translation>Orderart</translation>
    </message>
    <message>
        <source>time in force</source>
        <translation>Gültigkeit</translation>
    </message>
    <message>
        <source>limit between natural and patient</source>
        <translation>Limit zwischen sofort und geduldig</translation>
    </message>
    <message>
        <source>Left: the natural price, which can fill at once. Middle: the mid. Right: patient.</source>
        <translation>Links: der natürliche Preis, der sofort ausführbar ist. Mitte: die Mitte. Rechts: geduldig.</translation>
    </message>
    <message>
        <source>Follow the middle of the market</source>
        <translation>Der Marktmitte folgen</translation>
    </message>
    <message>
        <source>no two-sided market</source>
        <translation>kein zweiseitiger Markt</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>nat. %1 · mid %2</source>
        <comment>natural price and mid, short</comment>
        <translation>nat. %1 · Mitte %2</translation>
    </message>
    <message>
        <source>The natural price buys at the ask and sells at the bid of every leg, and can fill at once.</source>
        <translation>Der natürliche Preis kauft jedes Bein zum Brief und verkauft zum Geld und ist sofort ausführbar.</translation>
    </message>
    <message>
        <source>The profit target below is the limit.</source>
        <translation>Das Gewinnziel darunter ist das Limit.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::LimitsDialog</name>
    <message>
        <source>Back to the profile</source>
        <translation>Zurück zum Profil</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>As shipped with this tolerance</source>
        <translation>Wie mit dieser Toleranz ausgeliefert</translation>
    </message>
    <message>
        <source>hard cap</source>
        <translation>Obergrenze</translation>
    </message>
    <message>
        <source>No profile and no figure of yours goes beyond it</source>
        <translation>Kein Profil und kein eigener Wert geht darüber hinaus</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>What of it is used at this moment</source>
        <translation>Was davon in diesem Augenblick genutzt ist</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>eigenes</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Why? It goes into the journal with the old and the new figures.</source>
        <translation>Warum? Es kommt mit den alten und den neuen Werten ins Journal.</translation>
    </message>
    <message>
        <source>Put in force</source>
        <translation>In Kraft setzen</translation>
    </message>
    <message>
        <source>Fills in the profile&apos;s own figures; they too come into force with a reason</source>
        <translation>Trägt die Werte des Profils ein; auch sie treten mit einem Grund in Kraft</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>in Kraft</translation>
    </message>
    <message>
        <source>Beyond your figure: what adds to it is refused, what takes from it passes</source>
        <translation>Über Ihrem Wert: Was dazukommt, wird abgelehnt, was davon wegnimmt, geht durch</translation>
    </message>
    <message>
        <source>Tolerance: %1</source>
        <translation>Toleranz: %1</translation>
    </message>
    <message>
        <source>Your own figures are in force since %1 (New York): “%2”</source>
        <translation>Ihre eigenen Werte gelten seit %1 (New York): „%2“</translation>
    </message>
    <message>
        <source>The profile&apos;s figures are in force.</source>
        <translation>Die Werte des Profils gelten.</translation>
    </message>
    <message>
        <source>What was stored of your figures cannot be read: the lowest profile&apos;s are in force.</source>
        <translation>Ihre gespeicherten Werte sind nicht lesbar: Die des niedrigsten Profils gelten.</translation>
    </message>
    <message>
        <source>A wider stop lifts none that the day has reached: that holds until the next session.</source>
        <translation>Ein weiterer Stopp hebt keinen auf, den der Tag erreicht hat: Der gilt bis zur nächsten Sitzung.</translation>
    </message>
    <message>
        <source>These figures are in force.</source>
        <translation>Diese Werte gelten.</translation>
    </message>
    <message>
        <source>A change needs a reason.</source>
        <translation>Eine Änderung braucht einen Grund.</translation>
    </message>
    <message>
        <source>At once, for orders by hand and of strategies</source>
        <translation>Sofort, für Aufträge von Hand und von Strategien</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::LiveDialog</name>
    <message>
        <source>Live trading</source>
        <translation>Echthandel</translation>
    </message>
    <message>
        <source>Switch to live trading?</source>
        <translation>Zum Echthandel wechseln?</translation>
    </message>
    <message>
        <source>Type %1 to confirm:</source>
        <translation>Zur Bestätigung %1 eintippen:</translation>
    </message>
    <message>
        <source>Switch to LIVE</source>
        <translation>Zu LIVE wechseln</translation>
    </message>
    <message>
        <source>Stay in the sandbox</source>
        <translation>In der Sandbox bleiben</translation>
    </message>
    <message>
        <source>Live trading is not possible yet</source>
        <translation>Echthandel ist noch nicht möglich</translation>
    </message>
    <message>
        <source>The session stays in the sandbox; no order can reach real money.</source>
        <translation>Die Sitzung bleibt in der Sandbox; keine Order erreicht echtes Geld.</translation>
    </message>
    <message>
        <source>An order that is staged in the ticket is taken away.</source>
        <translation>Eine Order, die im Ticket bereitliegt, wird weggenommen.</translation>
    </message>
    <message>
        <source>From then on the window shows your account at the broker, with real money in it. Orders stay disarmed until you arm them. The whole frame changes its colour as long as that is so.</source>
        <translation>Von da an zeigt das Fenster das Konto beim Broker, mit echtem Geld darin. Aufträge bleiben entschärft, bis Sie sie scharf schalten. Der ganze Rahmen ändert seine Farbe, solange das so ist.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::MainWindow</name>
    <message>
        <source>A market of its own</source>
        <translation>Ein eigener Markt</translation>
    </message>
    <message>
        <source>The ticket checks before it sends</source>
        <translation>Das Ticket prüft, bevor es sendet</translation>
    </message>
    <message>
        <source>It draws the payoff, compares the broker&apos;s dry run with our figures, and says in one line what the risk gate thinks. The button names where the order goes.</source>
        <translation>Es zeichnet das Auszahlungsprofil, stellt den Probelauf des Brokers neben unsere Zahlen und sagt in einer Zeile, was die Risikoschranke meint. Der Knopf nennt das Ziel der Order.</translation>
    </message>
    <message>
        <source>You stay in charge</source>
        <translation>Sie behalten die Kontrolle</translation>
    </message>
    <message>
        <source>Gauges show how near each limit is. F12 stops everything: trading halts and working orders are cancelled. Ctrl K finds any symbol, panel or command; ? lists the keys.</source>
        <translation>Anzeigen zeigen, wie nah jede Grenze ist. F12 stoppt alles: der Handel hält an, aktive Orders werden storniert. Strg K findet Symbole, Felder und Befehle; ? nennt die Tasten.</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>find symbols, panels, commands, settings</source>
        <translation>Symbole, Felder, Befehle, Einstellungen finden</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Alles stoppen</translation>
    </message>
    <message>
        <source>halt trading and cancel every working order</source>
        <translation>Handel anhalten und jede aktive Order stornieren</translation>
    </message>
    <message>
        <source>Resume trading</source>
        <translation>Handel fortsetzen</translation>
    </message>
    <message>
        <source>after a stop</source>
        <translation>nach einem Stopp</translation>
    </message>
    <message>
        <source>Backtest…</source>
        <translation>Backtest…</translation>
    </message>
    <message>
        <source>run a strategy over the past</source>
        <translation>eine Strategie über die Vergangenheit laufen lassen</translation>
    </message>
    <message>
        <source>Clear the ticket</source>
        <translation>Ticket leeren</translation>
    </message>
    <message>
        <source>drop every staged leg</source>
        <translation>alle vorgemerkten Beine entfernen</translation>
    </message>
    <message>
        <source>Add a symbol…</source>
        <translation>Symbol hinzufügen…</translation>
    </message>
    <message>
        <source>to the watchlist</source>
        <translation>zur Beobachtung</translation>
    </message>
    <message>
        <source>Live trading…</source>
        <translation>Echthandel…</translation>
    </message>
    <message>
        <source>orders with real money</source>
        <translation>Orders mit echtem Geld</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Keyboard…</source>
        <translation>Tastatur…</translation>
    </message>
    <message>
        <source>every key and what it does</source>
        <translation>jede Taste und was sie tut</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>the three-step tour</source>
        <translation>die Führung in drei Schritten</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Dunkles Thema</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Helles Thema</translation>
    </message>
    <message>
        <source>Blue and orange theme</source>
        <translation>Thema Blau und Orange</translation>
    </message>
    <message>
        <source>colour-blind safe</source>
        <translation>für Farbfehlsichtige</translation>
    </message>
    <message>
        <source>Compact rows</source>
        <translation>Enge Zeilen</translation>
    </message>
    <message>
        <source>on and off</source>
        <translation>an und aus</translation>
    </message>
    <message>
        <source>Risk tolerance: low</source>
        <translation>Risikotoleranz: niedrig</translation>
    </message>
    <message>
        <source>Risk tolerance: moderate</source>
        <translation>Risikotoleranz: mittel</translation>
    </message>
    <message>
        <source>Risk tolerance: high</source>
        <translation>Risikotoleranz: hoch</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>show its chain</source>
        <translation>seine Kette zeigen</translation>
    </message>
    <message>
        <source>Simulated exchange</source>
        <translation>Simulierte Börse</translation>
    </message>
    <message>
        <source>trade on our own</source>
        <translation>an der eigenen handeln</translation>
    </message>
    <message>
        <source>Certification environment</source>
        <translation>Zertifizierungsumgebung</translation>
    </message>
    <message>
        <source>trade on the broker&apos;s sandbox</source>
        <translation>in der Sandbox des Brokers handeln</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>move spot, volatility and date under the staged order</source>
        <translation>Kurs, Volatilität und Datum unter der vorgemerkten Order verschieben</translation>
    </message>
    <message>
        <source>Close the position</source>
        <translation>Position schließen</translation>
    </message>
    <message>
        <source>stage a close of the current row of Positions</source>
        <translation>eine Schließung der aktuellen Zeile der Positionen vormerken</translation>
    </message>
    <message>
        <source>Roll the position</source>
        <translation>Position rollen</translation>
    </message>
    <message>
        <source>stage a roll to the next expiration of the current row</source>
        <translation>die aktuelle Zeile auf den nächsten Verfall zu rollen vormerken</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Abweichungen</translation>
    </message>
    <message>
        <source>what the broker&apos;s books say otherwise than ours</source>
        <translation>was die Bücher des Brokers anders sagen als unsere</translation>
    </message>
    <message>
        <source>Your broker&apos;s market</source>
        <translation>Der Markt Ihres Brokers</translation>
    </message>
    <message>
        <source>A day that was recorded</source>
        <translation>Ein aufgezeichneter Tag</translation>
    </message>
    <message>
        <source>Prices stream from your broker.</source>
        <translation>Die Kurse kommen von Ihrem Broker.</translation>
    </message>
    <message>
        <source>Prices are a recorded day&apos;s, played again over the broker&apos;s real protocols. Your orders fill against them and move nothing.</source>
        <translation>Die Kurse sind die eines aufgezeichneten Tages, noch einmal gespielt über die echten Protokolle des Brokers. Ihre Orders werden gegen sie ausgeführt und bewegen nichts.</translation>
    </message>
    <message>
        <source>Prices stream from Vegadesk&apos;s simulated exchange: made up, but over the broker&apos;s real protocols.</source>
        <translation>Die Kurse kommen von der simulierten Börse von Vegadesk: erfunden, aber über die echten Protokolle des Brokers.</translation>
    </message>
    <message>
        <source>Click a bid to sell or an ask to buy; each click adds a leg to the ticket.</source>
        <translation>Ein Klick auf Geld verkauft, einer auf Brief kauft; jeder Klick fügt dem Ticket ein Bein hinzu.</translation>
    </message>
    <message>
        <source>Arm orders…</source>
        <translation>Aufträge scharf schalten…</translation>
    </message>
    <message>
        <source>let orders with real money leave; in LIVE only</source>
        <translation>Aufträge mit echtem Geld hinauslassen; nur in LIVE</translation>
    </message>
    <message>
        <source>Nothing is to be armed: orders go to no real money.</source>
        <translation>Nichts ist scharf zu schalten: Aufträge gehen an kein echtes Geld.</translation>
    </message>
    <message>
        <source>Disarm orders</source>
        <translation>Aufträge entschärfen</translation>
    </message>
    <message>
        <source>hold back orders with real money at once</source>
        <translation>Aufträge mit echtem Geld sofort zurückhalten</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>Konten…</translation>
    </message>
    <message>
        <source>connect the broker: keys, and which account</source>
        <translation>den Broker verbinden: Schlüssel, und welches Konto</translation>
    </message>
    <message>
        <source>Sandbox orders, production quotes</source>
        <translation>Sandbox-Aufträge, echte Kurse</translation>
    </message>
    <message>
        <source>practice on the real market</source>
        <translation>am echten Markt üben</translation>
    </message>
    <message>
        <source>Pause the simulated market</source>
        <translation>Den simulierten Markt anhalten</translation>
    </message>
    <message>
        <source>and let it go on</source>
        <translation>und weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Simulated market: 15 minutes ahead</source>
        <translation>Simulierter Markt: 15 Minuten vor</translation>
    </message>
    <message>
        <source>Simulated market: one hour ahead</source>
        <translation>Simulierter Markt: eine Stunde vor</translation>
    </message>
    <message>
        <source>Simulated market: next opening</source>
        <translation>Simulierter Markt: nächste Eröffnung</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Vegadesk: alert</source>
        <translation>Vegadesk: Alarm</translation>
    </message>
    <message>
        <source>Alert rules…</source>
        <translation>Alarmregeln…</translation>
    </message>
    <message>
        <source>be told when a figure goes beyond a value</source>
        <translation>sich melden lassen, wenn ein Wert eine Schwelle überschreitet</translation>
    </message>
    <message>
        <source>Mark all alerts seen</source>
        <translation>Alle Alarme als gesehen vermerken</translation>
    </message>
    <message>
        <source>Save the workspace as…</source>
        <translation>Arbeitsbereich speichern als…</translation>
    </message>
    <message>
        <source>under a name of your own</source>
        <translation>unter einem eigenen Namen</translation>
    </message>
    <message>
        <source>Rename the workspace…</source>
        <translation>Arbeitsbereich umbenennen…</translation>
    </message>
    <message>
        <source>one of your own</source>
        <translation>einen eigenen</translation>
    </message>
    <message>
        <source>Delete the workspace</source>
        <translation>Arbeitsbereich löschen</translation>
    </message>
    <message>
        <source>Reset the workspace</source>
        <translation>Arbeitsbereich zurücksetzen</translation>
    </message>
    <message>
        <source>every panel back in its place, as shipped</source>
        <translation>jedes Feld zurück an seinen Platz, wie mitgeliefert</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Arbeitsbereiche</translation>
    </message>
    <message>
        <source>a workspace of your own</source>
        <translation>ein eigener Arbeitsbereich</translation>
    </message>
    <message>
        <source>Name of the workspace, at most %1 letters</source>
        <translation>Name des Arbeitsbereichs, höchstens %1 Zeichen</translation>
    </message>
    <message>
        <source>Save as a workspace</source>
        <translation>Als Arbeitsbereich speichern</translation>
    </message>
    <message>
        <source>Rename the workspace</source>
        <translation>Arbeitsbereich umbenennen</translation>
    </message>
    <message>
        <source>A shipped workspace stays; it can be reset.</source>
        <translation>Ein mitgelieferter Arbeitsbereich bleibt; er lässt sich zurücksetzen.</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern als…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Reset to the shipped layout</source>
        <translation>Auf das mitgelieferte Layout zurücksetzen</translation>
    </message>
    <message>
        <source>Arm a strategy…</source>
        <translation>Strategie scharf schalten …</translation>
    </message>
    <message>
        <source>let it trade by itself</source>
        <translation>selbsttätig handeln lassen</translation>
    </message>
    <message>
        <source>Limits…</source>
        <translation>Limits…</translation>
    </message>
    <message>
        <source>the figures of the risk gate, and your own in their place</source>
        <translation>die Werte der Risikoschranke, und eigene an ihrer Stelle</translation>
    </message>
    <message>
        <source>Sweep and walk-forward…</source>
        <translation>Parametersuche und Walk-forward…</translation>
    </message>
    <message>
        <source>run a strategy with many settings over the past</source>
        <translation>eine Strategie mit vielen Einstellungen über die Vergangenheit laufen lassen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::MonthlyReturnsModel</name>
    <message>
        <source>year</source>
        <translation>Jahr</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::NoticeArea</name>
    <message>
        <source>Dismiss this notice</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::OptionChainPanel</name>
    <message>
        <source>At-the-money implied volatility of the shown expiration</source>
        <translation>Implizite Volatilität am Geld des gezeigten Verfalls</translation>
    </message>
    <message>
        <source>One standard deviation to the shown expiration, from the at-the-money volatility</source>
        <translation>Eine Standardabweichung bis zum gezeigten Verfall, aus der Volatilität am Geld</translation>
    </message>
    <message>
        <source>columns ▾</source>
        <translation>Spalten ▾</translation>
    </message>
    <message>
        <source>Choose what the chain shows</source>
        <translation>Wählen, was die Kette zeigt</translation>
    </message>
    <message>
        <source>Strikes on each side of the money</source>
        <translation>Basispreise auf jeder Seite des Kurses</translation>
    </message>
    <message>
        <source>IV %1</source>
        <translation>IV %1</translation>
    </message>
    <message>
        <source>expected move ±%1</source>
        <translation>erwartete Bewegung ±%1</translation>
    </message>
    <message>
        <source>strikes ±%1 ▾</source>
        <translation>Basispreise ±%1 ▾</translation>
    </message>
    <message>
        <source>What Greeks and theoretical prices are reckoned with</source>
        <translation>Womit Griechen und theoretische Preise gerechnet werden</translation>
    </message>
    <message>
        <source>%1 ▾</source>
        <translation>%1 ▾</translation>
    </message>
    <message>
        <source>%1 is %2; shown by %3 meanwhile</source>
        <translation>%1 ist %2; gezeigt wird solange %3</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n outside ▾</source>
        <comment>theoretical prices outside bid and ask</comment>
        <translation>
            <numerusform>%1 · %n außerhalb ▾</numerusform>
            <numerusform>%1 · %n außerhalb ▾</numerusform>
        </translation>
    </message>
    <message>
        <source>IV %1 trading time</source>
        <translation>IV %1 Handelszeit</translation>
    </message>
    <message>
        <source>At-the-money implied volatility of the shown expiration. Time to expiry: %1 years</source>
        <translation>Implizite Volatilität am Geld des gezeigten Verfalls. Restlaufzeit: %1 Jahre</translation>
    </message>
    <message>
        <source> by the calendar, %1 in trading time, in which this volatility is quoted</source>
        <translation> nach dem Kalender, %1 in Handelszeit, in der diese Volatilität angegeben ist</translation>
    </message>
    <message>
        <source>What Greeks and theoretical prices are reckoned with, here and in the panel Greeks</source>
        <translation>Womit Griechen und theoretische Preise gerechnet werden, hier und im Feld Griechen</translation>
    </message>
    <message numerus="yes">
        <source>%n theoretical price(s) by %1 lie outside the quote&apos;s bid and ask by more than half a cent: in the column theo they are drawn in the warning colour</source>
        <translation>
            <numerusform>%n theoretischer Preis nach %1 liegt mehr als einen halben Cent außerhalb von Geld und Brief: In der Spalte Theo steht er in der Warnfarbe</numerusform>
            <numerusform>%n theoretische Preise nach %1 liegen mehr als einen halben Cent außerhalb von Geld und Brief: In der Spalte Theo stehen sie in der Warnfarbe</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 of %3 ▾</source>
        <comment>strikes that it has priced</comment>
        <translation>%1 · %2 von %3 ▾</translation>
    </message>
    <message>
        <source>QuantLib&apos;s prices of %1, of %2 of the %3 strikes around the money, one after the other; what it has not priced stays empty. The largest difference to ours by the same inputs is %4 dollars</source>
        <translation>QuantLibs Preise von %1, von %2 der %3 Ausübungspreise am Geld, einer nach dem anderen; was es nicht gerechnet hat, bleibt leer. Der größte Unterschied zu unseren bei gleichen Eingaben ist %4 Dollar</translation>
    </message>
    <message>
        <source>shares ▾</source>
        <translation>Aktien ▾</translation>
    </message>
    <message>
        <source>Trade the underlying itself</source>
        <translation>Den Basiswert selbst handeln</translation>
    </message>
    <message>
        <source>Buy 100 shares</source>
        <translation>100 Aktien kaufen</translation>
    </message>
    <message>
        <source>Sell 100 shares</source>
        <translation>100 Aktien verkaufen</translation>
    </message>
    <message>
        <source>Buy for an amount…</source>
        <translation>Für einen Betrag kaufen…</translation>
    </message>
    <message>
        <source>Sell for an amount…</source>
        <translation>Für einen Betrag verkaufen…</translation>
    </message>
    <message>
        <source>model ▾</source>
        <translation>Modell ▾</translation>
    </message>
    <message>
        <source>%1 for %2 ▾</source>
        <comment>what is shown, in place of what was chosen</comment>
        <translation>%1 statt %2 ▾</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n disputed ▾</source>
        <comment>prices by networks that finite differences contradict</comment>
        <translation>
            <numerusform>%1 · %n strittig ▾</numerusform>
            <numerusform>%1 · %n strittig ▾</numerusform>
        </translation>
    </message>
    <message>
        <source>Heston&apos;s model with the right to exercise early, by finite differences: one solution a side of the shown expiration, read at the price of now</source>
        <translation>Das Heston-Modell mit dem Recht zur vorzeitigen Ausübung, mit finiten Differenzen: eine Lösung je Seite des gezeigten Verfalls, abgelesen beim Preis von jetzt</translation>
    </message>
    <message>
        <source>Prices by networks that finite differences taught, at parameters fitted to the chain&apos;s American prices. They promise an error of %1 dollars at most</source>
        <translation>Preise von Netzen, die finite Differenzen gelehrt haben, mit Parametern, die an die amerikanischen Preise der Kette angepasst sind. Sie versprechen einen Fehler von höchstens %1 Dollar</translation>
    </message>
    <message>
        <source>The largest difference to finite differences at the same inputs is %1 dollars</source>
        <translation>Der größte Abstand zu finiten Differenzen bei denselben Eingaben ist %1 Dollar</translation>
    </message>
    <message>
        <source>%1 of %2 options are outside what the networks were trained for, and priced by finite differences</source>
        <translation>%1 von %2 Optionen liegen außerhalb dessen, wofür die Netze trainiert sind, und sind mit finiten Differenzen bewertet</translation>
    </message>
    <message numerus="yes">
        <source>▲ %n price(s) by networks differ from finite differences by more than is promised: in the column theo they are drawn in the warning colour</source>
        <translation>
            <numerusform>▲ %n Preis der Netze weicht von finiten Differenzen um mehr als versprochen ab: in der Spalte Theo ist er in der Warnfarbe gezeichnet</numerusform>
            <numerusform>▲ %n Preise der Netze weichen von finiten Differenzen um mehr als versprochen ab: in der Spalte Theo sind sie in der Warnfarbe gezeichnet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::OrderTicketPanel</name>
    <message>
        <source>Click a bid to sell or an ask to buy</source>
        <translation>Klick auf Geld verkauft, Klick auf Brief kauft</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Take all legs away (Esc)</source>
        <translation>Alle Beine entfernen (Esc)</translation>
    </message>
    <message numerus="yes">
        <source>%n leg(s)</source>
        <translation>
            <numerusform>%n Bein</numerusform>
            <numerusform>%n Beine</numerusform>
        </translation>
    </message>
    <message>
        <source>Dry run …</source>
        <translation>Probelauf …</translation>
    </message>
    <message>
        <source>Dry run ✓ %1 s</source>
        <translation>Probelauf ✓ %1 s</translation>
    </message>
    <message>
        <source>Dry run ✗</source>
        <translation>Probelauf ✗</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>Ask the broker what this order would cost, without sending it (Ctrl+D)</source>
        <translation>Den Broker fragen, was diese Order kosten würde, ohne sie zu senden (Strg+D)</translation>
    </message>
    <message>
        <source>The broker gave no usable answer: %1. Nothing was sent.</source>
        <translation>Der Broker gab keine brauchbare Antwort: %1. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>The broker would refuse it: %1</source>
        <translation>Der Broker würde sie ablehnen: %1</translation>
    </message>
    <message>
        <source>The broker warns: %1</source>
        <translation>Der Broker warnt: %1</translation>
    </message>
    <message>
        <source>There is nothing to send: click a bid to sell or an ask to buy.</source>
        <translation>Es gibt nichts zu senden: Klick auf Geld verkauft, Klick auf Brief kauft.</translation>
    </message>
    <message>
        <source>Pricing …</source>
        <translation>Wird bewertet …</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>The broker is not connected: nothing can be sent.</source>
        <translation>Der Broker ist nicht verbunden: nichts kann gesendet werden.</translation>
    </message>
    <message>
        <source>The broker is not connected (%1): nothing can be sent.</source>
        <translation>Der Broker ist nicht verbunden (%1): nichts kann gesendet werden.</translation>
    </message>
    <message>
        <source>SEND LIVE</source>
        <translation>LIVE SENDEN</translation>
    </message>
    <message>
        <source>Send to sandbox</source>
        <translation>An Sandbox senden</translation>
    </message>
    <message>
        <source>Send the order (Ctrl+Return)</source>
        <translation>Die Order senden (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Dry run ✓ %1 ms</source>
        <translation>Probelauf ✓ %1 ms</translation>
    </message>
    <message>
        <source>profit of the order over the price of the underlying</source>
        <translation>Gewinn der Order über dem Kurs des Basiswerts</translation>
    </message>
    <message>
        <source>A leg has no two-sided quote of now, so there is no mid to follow. Enter a limit price yourself.</source>
        <translation>Ein Bein hat keine zweiseitige Quotierung von jetzt, daher gibt es keine Mitte. Geben Sie selbst ein Limit ein.</translation>
    </message>
    <message>
        <source>The contract has no two-sided quote of now. Enter a trigger yourself.</source>
        <translation>Der Kontrakt hat gerade keinen zweiseitigen Kurs. Den Auslöser selbst eingeben.</translation>
    </message>
    <message>
        <source>That profit target leaves no price above 0: choose a smaller percent.</source>
        <translation>Dieses Gewinnziel lässt keinen Preis über 0: einen kleineren Prozentsatz wählen.</translation>
    </message>
    <message>
        <source>That stop loss leaves no price above 0: choose a smaller percent.</source>
        <translation>Dieser Verluststop lässt keinen Preis über 0: einen kleineren Prozentsatz wählen.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::OrdersModel</name>
    <message>
        <source>made %1
last change %2
ours %3
broker&apos;s %4</source>
        <translation>entstanden %1
letzte Änderung %2
unsere %3
Broker %4</translation>
    </message>
    <message>
        <source>Placed elsewhere (phone or web)</source>
        <translation>Anderswo aufgegeben (Telefon oder Web)</translation>
    </message>
    <message>
        <source>From: %1</source>
        <translation>Von: %1</translation>
    </message>
    <message>
        <source>entry</source>
        <translation>Einstieg</translation>
    </message>
    <message>
        <source>↳ target</source>
        <translation>↳ Ziel</translation>
    </message>
    <message>
        <source>↳ stop</source>
        <translation>↳ Stop</translation>
    </message>
    <message>
        <source>at %1</source>
        <comment>trigger of a stop</comment>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>trigger %1</source>
        <translation>Auslöser %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::OrdersPanel</name>
    <message>
        <source>Cancel order</source>
        <translation>Order stornieren</translation>
    </message>
    <message>
        <source>Ask the broker to cancel the selected order (Del)</source>
        <translation>Den Broker bitten, die gewählte Order zu stornieren (Entf)</translation>
    </message>
    <message>
        <source>Cancel all working</source>
        <translation>Alle aktiven stornieren</translation>
    </message>
    <message>
        <source>No orders yet. Stage one in the option chain and send it from the ticket.</source>
        <translation>Noch keine Orders. Merken Sie eine in der Optionskette vor und senden Sie sie aus dem Ticket.</translation>
    </message>
    <message>
        <source>Stage it again</source>
        <translation>Erneut vormerken</translation>
    </message>
    <message>
        <source>It is over</source>
        <translation>Sie ist vorbei</translation>
    </message>
    <message>
        <source>You have looked at the broker: this order no longer works there. Until then it counts as if it might fill.</source>
        <translation>Sie haben beim Broker nachgesehen: Diese Order arbeitet dort nicht mehr. Bis dahin zählt sie, als könnte sie noch ausgeführt werden.</translation>
    </message>
    <message>
        <source>Change order…</source>
        <translation>Auftrag ändern…</translation>
    </message>
    <message>
        <source>Other terms for the selected order (+ and −: a tick, with Ctrl ten; or drag its limit)</source>
        <translation>Andere Bedingungen für den gewählten Auftrag (+ und −: ein Tick, mit Strg zehn; oder am Limit ziehen)</translation>
    </message>
    <message>
        <source>Cancel all its parts</source>
        <translation>Alle seine Teile stornieren</translation>
    </message>
    <message>
        <source>Ask the broker to cancel the selected order and those that depend on it (Del)</source>
        <translation>Den Broker bitten, den gewählten Auftrag und die von ihm abhängigen zu stornieren (Entf)</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ParameterForm</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 %2 (usually %3)</source>
        <comment>parameter, value, usual value</comment>
        <translation>%1 %2 (üblich %3)</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::PayoffPlot</name>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>at expiry</source>
        <translation>bei Verfall</translation>
    </message>
    <message>
        <source>1σ</source>
        <comment>one standard deviation until expiry</comment>
        <translation>1σ</translation>
    </message>
    <message>
        <source>2σ</source>
        <comment>two standard deviations until expiry</comment>
        <translation>2σ</translation>
    </message>
    <message>
        <source>Shaded: where the price is at expiry with a chance of 68 % (1σ) and 95 % (2σ), by the legs&apos; implied volatility</source>
        <translation>Schattiert: wo der Kurs bei Verfall mit einer Wahrscheinlichkeit von 68 % (1σ) und 95 % (2σ) liegt, nach der impliziten Volatilität der Beine</translation>
    </message>
    <message>
        <source>what if</source>
        <translation>was wenn</translation>
    </message>
    <message>
        <source>%1: at expiry %2, what if %3</source>
        <translation>%1: bei Verfall %2, was wenn %3</translation>
    </message>
    <message>
        <source>before</source>
        <comment>the position before the order</comment>
        <translation>vorher</translation>
    </message>
    <message>
        <source>target %1</source>
        <translation>Ziel %1</translation>
    </message>
    <message>
        <source>stop %1</source>
        <translation>Stop %1</translation>
    </message>
    <message>
        <source>%1: at expiry %2, %3 %4</source>
        <comment>price, profit, &quot;today&quot; or another day, profit</comment>
        <translation>%1: bei Verfall %2, %3 %4</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::PositionsModel</name>
    <message>
        <source>close</source>
        <translation>glatt</translation>
    </message>
    <message>
        <source>Stage an order that closes this leg; nothing is sent yet</source>
        <translation>Eine Order vormerken, die dieses Bein schließt; noch wird nichts gesendet</translation>
    </message>
    <message>
        <source>Stage an order that closes all legs; nothing is sent yet</source>
        <translation>Eine Order vormerken, die alle Beine schließt; noch wird nichts gesendet</translation>
    </message>
    <message>
        <source>The last quote is old or flagged: the mark and everything computed from it may be wrong.</source>
        <translation>Die letzte Quotierung ist alt oder fraglich: der Wert und alles daraus Berechnete können falsch sein.</translation>
    </message>
    <message>
        <source>%1, opened at %2</source>
        <translation>%1, eröffnet zu %2</translation>
    </message>
    <message numerus="yes">
        <source>%n position(s) left out: no figure is known</source>
        <translation>
            <numerusform>%n Position fehlt: kein Wert ist bekannt</numerusform>
            <numerusform>%n Positionen fehlen: kein Wert ist bekannt</numerusform>
        </translation>
    </message>
    <message>
        <source>shares</source>
        <translation>Aktien</translation>
    </message>
    <message>
        <source>roll</source>
        <translation>rollen</translation>
    </message>
    <message>
        <source>Stage an order that closes this and opens the same in the next expiration; nothing is sent yet</source>
        <translation>Eine Order vormerken, die dies schließt und dasselbe im nächsten Verfall öffnet; noch wird nichts gesendet</translation>
    </message>
    <message>
        <source>Only options can be rolled</source>
        <translation>Nur Optionen lassen sich rollen</translation>
    </message>
    <message>
        <source>One or two options of one expiration roll in one order: roll these leg by leg</source>
        <translation>Eine Order rollt eine oder zwei Optionen eines Verfalls: rollen Sie diese Bein für Bein</translation>
    </message>
    <message>
        <source>earlier</source>
        <translation>früher</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 zu %2</translation>
    </message>
    <message>
        <source>A lot that the broker holds and no fill of ours opened, at %1 on average</source>
        <translation>Ein Posten, den der Broker hält und keine unserer Ausführungen eröffnet hat, im Mittel zu %1</translation>
    </message>
    <message>
        <source>A lot: what one fill opened, at %1</source>
        <translation>Ein Posten: was eine Ausführung eröffnet hat, zu %1</translation>
    </message>
    <message>
        <source>Trade: %1</source>
        <translation>Geschäft: %1</translation>
    </message>
    <message>
        <source>Realised: %1 since entry, %2 today; fees left out</source>
        <translation>Realisiert: %1 seit Eröffnung, %2 heute; ohne Gebühren</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::PositionsPanel</name>
    <message>
        <source>No positions. What you buy and sell appears here with its Greeks and profit.</source>
        <translation>Keine Positionen. Was Sie kaufen und verkaufen, erscheint hier mit Griechen und Gewinn.</translation>
    </message>
    <message>
        <source>Close this leg …</source>
        <translation>Dieses Bein schließen …</translation>
    </message>
    <message>
        <source>Close the whole group …</source>
        <translation>Die ganze Gruppe schließen …</translation>
    </message>
    <message>
        <source>Expand all</source>
        <translation>Alle aufklappen</translation>
    </message>
    <message>
        <source>Collapse all</source>
        <translation>Alle zuklappen</translation>
    </message>
    <message>
        <source>Choose a row of the positions first.</source>
        <translation>Wählen Sie zuerst eine Zeile der Positionen.</translation>
    </message>
    <message>
        <source>Roll this leg …</source>
        <translation>Dieses Bein rollen …</translation>
    </message>
    <message>
        <source>Roll the whole group …</source>
        <translation>Die ganze Gruppe rollen …</translation>
    </message>
    <message>
        <source>Alert me when the open profit in %1…</source>
        <translation>Alarm bei offener G&amp;V in %1…</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::PriceChartPanel</name>
    <message>
        <source>1 D</source>
        <comment>span</comment>
        <translation>1 T</translation>
    </message>
    <message>
        <source>One session, bars of a minute</source>
        <translation>Eine Sitzung, Kerzen von einer Minute</translation>
    </message>
    <message>
        <source>1 W</source>
        <comment>span</comment>
        <translation>1 W</translation>
    </message>
    <message>
        <source>A week, bars of five minutes</source>
        <translation>Eine Woche, Kerzen von fünf Minuten</translation>
    </message>
    <message>
        <source>1 M</source>
        <comment>span</comment>
        <translation>1 M</translation>
    </message>
    <message>
        <source>A month, bars of half an hour</source>
        <translation>Ein Monat, Kerzen von einer halben Stunde</translation>
    </message>
    <message>
        <source>3 M</source>
        <comment>span</comment>
        <translation>3 M</translation>
    </message>
    <message>
        <source>Three months, bars of an hour</source>
        <translation>Drei Monate, Kerzen von einer Stunde</translation>
    </message>
    <message>
        <source>6 M</source>
        <comment>span</comment>
        <translation>6 M</translation>
    </message>
    <message>
        <source>Six months, bars of two hours</source>
        <translation>Sechs Monate, Kerzen von zwei Stunden</translation>
    </message>
    <message>
        <source>1 Y</source>
        <comment>span</comment>
        <translation>1 J</translation>
    </message>
    <message>
        <source>A year, bars of a day</source>
        <translation>Ein Jahr, Kerzen von einem Tag</translation>
    </message>
    <message>
        <source>3 Y</source>
        <comment>span</comment>
        <translation>3 J</translation>
    </message>
    <message>
        <source>Three years, bars of a day</source>
        <translation>Drei Jahre, Kerzen von einem Tag</translation>
    </message>
    <message>
        <source>prices of the past</source>
        <translation>Kurse der Vergangenheit</translation>
    </message>
    <message>
        <source>Loading the history of %1…</source>
        <translation>Der Verlauf von %1 wird geladen…</translation>
    </message>
    <message>
        <source>There is no history of %1 here: %2.</source>
        <translation>Von %1 gibt es hier keinen Verlauf: %2.</translation>
    </message>
    <message>
        <source>The last price, and the change over what is shown</source>
        <translation>Der letzte Kurs, und die Änderung über das Gezeigte</translation>
    </message>
    <message>
        <source>what the chart shows</source>
        <translation>was das Bild zeigt</translation>
    </message>
    <message>
        <source>The underlying, or a contract of it that you hold or work an order in</source>
        <translation>Der Basiswert, oder ein Kontrakt darauf, der gehalten wird oder in dem ein Auftrag läuft</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>%1 held at %2</source>
        <translation>%1 gehalten zu %2</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RegimePlot</name>
    <message>
        <source>d MMM yy</source>
        <comment>date format of a time axis</comment>
        <translation>d. MMM yy</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1: %2 %3</translation>
    </message>
    <message>
        <source>no regime yet</source>
        <translation>noch kein Regime</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RegimeSwitchesModel</name>
    <message>
        <source>In force now</source>
        <translation>Gilt jetzt</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RegimesPanel</name>
    <message>
        <source>span of the regimes</source>
        <translation>Zeitraum der Regime</translation>
    </message>
    <message>
        <source>3 M</source>
        <comment>span</comment>
        <translation>3 M</translation>
    </message>
    <message>
        <source>Three months</source>
        <translation>Drei Monate</translation>
    </message>
    <message>
        <source>1 Y</source>
        <comment>span</comment>
        <translation>1 J</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>Ein Jahr</translation>
    </message>
    <message>
        <source>5 Y</source>
        <comment>span</comment>
        <translation>5 J</translation>
    </message>
    <message>
        <source>Five years</source>
        <translation>Fünf Jahre</translation>
    </message>
    <message>
        <source>All</source>
        <comment>span</comment>
        <translation>Alles</translation>
    </message>
    <message>
        <source>All that is known</source>
        <translation>Alles, was bekannt ist</translation>
    </message>
    <message>
        <source>the index over time, and the probabilities of its regimes</source>
        <translation>der Index über die Zeit, und die Wahrscheinlichkeiten seiner Regime</translation>
    </message>
    <message>
        <source>when the regime changed, newest first</source>
        <translation>wann das Regime wechselte, neueste zuerst</translation>
    </message>
    <message>
        <source>Waiting for the history of the index…</source>
        <translation>Warte auf den Verlauf des Index…</translation>
    </message>
    <message>
        <source>● %1 is %2, with %3 probability</source>
        <translation>● %1 ist %2, Wahrscheinlichkeit %3</translation>
    </message>
    <message>
        <source>%1 is in no regime yet</source>
        <translation>%1 ist noch in keinem Regime</translation>
    </message>
    <message>
        <source>By a Gaussian mixture fitted to what was known the evening before. It changes only when it has been sure for some days.</source>
        <translation>Nach einer Gauß-Mischung, angepasst an das, was am Abend davor bekannt war. Es wechselt erst, wenn es einige Tage lang sicher war.</translation>
    </message>
    <message>
        <source>Size of new strategy trades</source>
        <translation>Größe neuer Strategiegeschäfte</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>× %1</source>
        <translation>× %1</translation>
    </message>
    <message>
        <source>What the regime and the tolerance leave of a strategy&apos;s usual size. It tightens at once and loosens by one step a day.</source>
        <translation>Was Regime und Toleranz von der üblichen Größe einer Strategie lassen. Enger wird es sofort, weiter um eine Stufe am Tag.</translation>
    </message>
    <message>
        <source>No regimes found in %1.</source>
        <translation>Keine Regime gefunden in %1.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RiskBacktestPlot</name>
    <message>
        <source>loss beyond it</source>
        <translation>Verlust darüber</translation>
    </message>
    <message>
        <source>value at risk of the evening before</source>
        <translation>Value at Risk vom Vorabend</translation>
    </message>
    <message>
        <source>%1: %2 dollars, value at risk %3</source>
        <translation>%1: %2 Dollar, Value at Risk %3</translation>
    </message>
    <message>
        <source>▼ %1: lost %2 more</source>
        <translation>▼ %1: %2 mehr verloren</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RiskGauge</name>
    <message>
        <source>Daily loss</source>
        <translation>Tagesverlust</translation>
    </message>
    <message>
        <source>Leverage</source>
        <translation>Hebel</translation>
    </message>
    <message>
        <source>Largest position</source>
        <translation>Größte Position</translation>
    </message>
    <message>
        <source>Buying power used</source>
        <translation>Genutzte Kaufkraft</translation>
    </message>
    <message>
        <source>of %1</source>
        <comment>a limit</comment>
        <translation>von %1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>limit reached</source>
        <translation>Grenze erreicht</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>headroom to a limit</comment>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>This figure is not known, so orders that add risk are judged without it or refused.</source>
        <translation>Dieser Wert ist nicht bekannt; Orders, die Risiko hinzufügen, werden ohne ihn beurteilt oder abgelehnt.</translation>
    </message>
    <message>
        <source>%1 of the limit is used</source>
        <translation>%1 der Grenze sind genutzt</translation>
    </message>
    <message>
        <source>What this New York day has lost, realised and open, of net liquidation at its start.</source>
        <translation>Was dieser New Yorker Tag verloren hat, realisiert und offen, vom Nettowert zu seinem Beginn.</translation>
    </message>
    <message>
        <source>The dollar deltas of all underlyings, each without its sign, over net liquidation.</source>
        <translation>Die Dollar-Deltas aller Basiswerte, jedes ohne Vorzeichen, durch den Nettowert.</translation>
    </message>
    <message>
        <source>The underlying that binds most: the largest of its stress loss, margin and premium paid, of net liquidation.</source>
        <translation>Der Basiswert, der am meisten bindet: das Größte aus Stressverlust, Margin und gezahlter Prämie, vom Nettowert.</translation>
    </message>
    <message>
        <source>What positions and orders bind, of what there is to bind.</source>
        <translation>Was Positionen und Aufträge binden, von dem, was zu binden ist.</translation>
    </message>
    <message>
        <source>Margin used</source>
        <translation>Genutzte Margin</translation>
    </message>
    <message>
        <source>What the positions bind as margin, of net liquidation.</source>
        <translation>Was die Positionen als Margin binden, vom Nettowert.</translation>
    </message>
    <message>
        <source>Value at risk</source>
        <translation>Value at Risk</translation>
    </message>
    <message>
        <source>Expected shortfall</source>
        <translation>Expected Shortfall</translation>
    </message>
    <message>
        <source>What those worst days lose on average, of net liquidation: 95 %, one day ahead.</source>
        <translation>Was diese schlechtesten Tage im Mittel verlieren, vom Nettowert: 95 %, einen Tag voraus.</translation>
    </message>
    <message>
        <source>Stress loss</source>
        <translation>Stressverlust</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>The profile sets no limit to it.</source>
        <translation>Das Profil setzt dafür keine Grenze.</translation>
    </message>
    <message>
        <source>One day in twenty loses more than this, of net liquidation: 95 %, one day ahead. ES, the expected shortfall: what those worst days lose on average.</source>
        <translation>Ein Tag von zwanzig verliert mehr als dies, vom Nettowert: 95 %, ein Tag voraus. ES, der Expected Shortfall: was jene schlimmsten Tage im Mittel kosten.</translation>
    </message>
    <message>
        <source>The loss of the whole book if every underlying fell by 15 % and every volatility rose by half, of net liquidation. The panel Stress names the worst of all its cells, and the ticket that of one underlying alone.</source>
        <translation>Der Verlust des ganzen Buchs, wenn jeder Basiswert um 15 % fiele und jede Volatilität um die Hälfte stiege, vom Nettowert. Das Panel Stress nennt das schlechteste aller Felder, das Ticket das eines Basiswerts allein.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RiskPanel</name>
    <message>
        <source>The account connection is down: these are the last known figures.</source>
        <translation>Die Kontoverbindung ist unterbrochen: dies sind die letzten bekannten Zahlen.</translation>
    </message>
    <message>
        <source>Resume trading</source>
        <translation>Handel fortsetzen</translation>
    </message>
    <message>
        <source>Lift the halt. Orders that were cancelled stay cancelled.</source>
        <translation>Den Halt aufheben. Stornierte Orders bleiben storniert.</translation>
    </message>
    <message>
        <source>Nothing is traded to mend a difference. Compare with the broker&apos;s own page.</source>
        <translation>Um eine Abweichung zu beheben, wird nichts gehandelt. Vergleichen Sie mit der Seite des Brokers.</translation>
    </message>
    <message>
        <source>● Trading</source>
        <translation>● Handel läuft</translation>
    </message>
    <message>
        <source>▲ Closing orders only</source>
        <translation>▲ Nur schließende Orders</translation>
    </message>
    <message>
        <source>■ Halted</source>
        <translation>■ Angehalten</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>The broker is right: its figures become ours, and new orders in this underlying pass again.</source>
        <translation>Der Broker hat recht: Seine Zahlen werden unsere, und neue Orders in diesem Basiswert gehen wieder durch.</translation>
    </message>
    <message>
        <source>▲ No orders: the account&apos;s connection is down</source>
        <translation>▲ Keine Orders: Die Verbindung zum Konto ist unterbrochen</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>Anzusehen</translation>
    </message>
    <message>
        <source>● Market %1</source>
        <comment>regime</comment>
        <translation>● Markt %1</translation>
    </message>
    <message>
        <source>size × %1</source>
        <translation>Größe × %1</translation>
    </message>
    <message>
        <source>The regime of %1 since the switch that the panel Regimes lists; new strategy trades are cut to this part of their usual size.</source>
        <translation>Das Regime von %1 seit dem Wechsel, den das Feld Regime aufführt; neue Strategiegeschäfte werden auf diesen Teil ihrer üblichen Größe gekürzt.</translation>
    </message>
    <message numerus="yes">
        <source>%n position(s) left out of value at risk or stress</source>
        <translation>
            <numerusform>%n Position fehlt in Value at Risk oder Stress</numerusform>
            <numerusform>%n Positionen fehlen in Value at Risk oder Stress</numerusform>
        </translation>
    </message>
    <message>
        <source>Alert me when %1…</source>
        <translation>Alarm bei %1…</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RiskViewPanel</name>
    <message>
        <source>▲ No new quotes: figures %1, New York time.</source>
        <translation>▲ Keine neuen Kurse: Zahlen %1, New Yorker Zeit.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RunAttributionModel</name>
    <message>
        <source>Whole run</source>
        <translation>Ganzer Lauf</translation>
    </message>
    <message>
        <source>Of no trade: interest and the like</source>
        <translation>Zu keinem Geschäft: Zinsen und Ähnliches</translation>
    </message>
    <message>
        <source>d MMM yy</source>
        <comment>date format</comment>
        <translation>d. MMM yy</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RunControls</name>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>estimating the time</source>
        <translation>Zeit wird geschätzt</translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation>noch etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>noch etwa %1 min</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::RunSettingsForm</name>
    <message>
        <source>generated market</source>
        <translation>erzeugter Markt</translation>
    </message>
    <message>
        <source>A folder of recorded chains. Empty: prices are generated from the seed, and are nobody&apos;s market.</source>
        <translation>Ein Ordner aufgezeichneter Ketten. Leer: die Preise werden aus dem Startwert erzeugt und sind niemandes Markt.</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Choose a folder of recorded chains</source>
        <translation>Ordner aufgezeichneter Ketten wählen</translation>
    </message>
    <message>
        <source>All days of the data</source>
        <translation>Alle Tage der Daten</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>Basiswert</translation>
    </message>
    <message>
        <source>Underlying: enter a symbol, such as SPY.</source>
        <translation>Basiswert: geben Sie ein Symbol ein, etwa SPY.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>%1 to %2 dollars</source>
        <translation>%1 bis %2 Dollar</translation>
    </message>
    <message>
        <source>The limits that the risk gate goes by, and what a trade may lose: that tolerance&apos;s own</source>
        <translation>Die Grenzen, nach denen die Risikoschranke urteilt, und was ein Geschäft verlieren darf: die dieser Toleranz</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Of the price, on top of every fill, against us: 0 to 10 %</source>
        <translation>Vom Preis, bei jeder Ausführung zusätzlich, zu unseren Lasten: 0 bis 10 %</translation>
    </message>
    <message>
        <source>How much of the half spread a fill pays: 100 % buys at the ask and sells at the bid, 0 % trades at the mid</source>
        <translation>Wie viel der halben Spanne eine Ausführung zahlt: 100 % kauft zum Brief und verkauft zum Geld, 0 % handelt zur Mitte</translation>
    </message>
    <message>
        <source>The same seed gives the same generated market and the same result</source>
        <translation>Derselbe Startwert ergibt denselben erzeugten Markt und dasselbe Ergebnis</translation>
    </message>
    <message>
        <source>Capital, dollars</source>
        <translation>Kapital, Dollar</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>Slippage</source>
        <translation>Slippage</translation>
    </message>
    <message>
        <source>Spread paid</source>
        <translation>Gezahlte Spanne</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>To: must be later than From (%1).</source>
        <translation>Bis: muss nach Von liegen (%1).</translation>
    </message>
    <message>
        <source>Data: there is no %1.</source>
        <translation>Daten: %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>Folder of recorded chains</source>
        <translation>Ordner aufgezeichneter Ketten</translation>
    </message>
    <message>
        <source>A year, of recorded days: interest, early exercise and volatilities go by it. Generated markets have rates of their own</source>
        <translation>Im Jahr, für aufgezeichnete Tage: Zinsen, vorzeitige Ausübung und Volatilitäten richten sich danach. Erzeugte Märkte haben eigene Zinsen</translation>
    </message>
    <message>
        <source>Interest rate</source>
        <translation>Zinssatz</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Signal</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::Screenshots</name>
    <message>
        <source>cannot make the folder %1</source>
        <translation>der Ordner %1 lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>cannot write %1</source>
        <translation>%1 lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>gave up waiting for %1 after %2 s</source>
        <translation>Warten auf %1 nach %2 s aufgegeben</translation>
    </message>
    <message>
        <source>goes on without: %1</source>
        <translation>weiter ohne: %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SendConfirmation</name>
    <message>
        <source>Send a live order</source>
        <translation>Echte Order senden</translation>
    </message>
    <message>
        <source>order</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>max loss</source>
        <translation>max. Verlust</translation>
    </message>
    <message>
        <source>buying power</source>
        <translation>Kaufkraft</translation>
    </message>
    <message>
        <source>fees</source>
        <translation>Gebühren</translation>
    </message>
    <message>
        <source>SEND LIVE</source>
        <translation>LIVE SENDEN</translation>
    </message>
    <message>
        <source>This order goes to the live broker and trades real money.</source>
        <translation>Diese Order geht an den echten Broker und handelt mit echtem Geld.</translation>
    </message>
    <message>
        <source>with what you hold</source>
        <translation>mit dem Bestand</translation>
    </message>
    <message>
        <source>realised</source>
        <translation>realisiert</translation>
    </message>
    <message>
        <source>after it</source>
        <translation>danach</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>glatt</translation>
    </message>
    <message>
        <source>max loss %1</source>
        <translation>größter Verlust %1</translation>
    </message>
    <message>
        <source>trigger</source>
        <translation>Auslöser</translation>
    </message>
    <message>
        <source>time in force</source>
        <translation>Gültigkeit</translation>
    </message>
    <message>
        <source>in place of</source>
        <translation>anstelle von</translation>
    </message>
    <message>
        <source>stop loss</source>
        <translation>Verluststop</translation>
    </message>
    <message>
        <source>profit target</source>
        <translation>Gewinnziel</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SettingsDialog</name>
    <message>
        <source>Compact rows</source>
        <translation>Enge Zeilen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Blue and orange (colour-blind safe)</source>
        <translation>Blau und Orange (für Farbfehlsichtige)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>From the next start on.</source>
        <translation>Ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Option chain</source>
        <translation>Optionskette</translation>
    </message>
    <message>
        <source>Strikes on each side of the money</source>
        <translation>Basispreise auf jeder Seite des Kurses</translation>
    </message>
    <message>
        <source>A quote is stale after</source>
        <translation>Eine Quotierung veraltet nach</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Stale quotes are drawn faint, and orders against them are refused.</source>
        <translation>Veraltete Quotierungen erscheinen blass, und Orders darauf werden abgelehnt.</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Moderate</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Sets the limits of the risk gate. No choice lifts the hard caps: 25 % in one underlying, 5 % daily loss, leverage 2x.</source>
        <translation>Bestimmt die Grenzen der Risikoschranke. Keine Wahl hebt die harten Grenzen auf: 25 % in einem Basiswert, 5 % Tagesverlust, Hebel 2x.</translation>
    </message>
    <message>
        <source>Simulated exchange, from the next start on</source>
        <translation>Simulierte Börse, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The same seed gives the same market.</source>
        <translation>Derselbe Startwert ergibt denselben Markt.</translation>
    </message>
    <message>
        <source>Speed of its clock</source>
        <translation>Tempo ihrer Uhr</translation>
    </message>
    <message>
        <source> ×</source>
        <translation> ×</translation>
    </message>
    <message>
        <source>Quote events a second</source>
        <translation>Kursereignisse je Sekunde</translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation>Gespeichert in %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Time to expiry</source>
        <translation>Restlaufzeit</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Trading time</source>
        <translation>Handelszeit</translation>
    </message>
    <message>
        <source>In trading time a day without a session counts a tenth of one with it, so that volatilities compare across weekends and holidays. Of the chain and the surface; prices stay the same. Theta is what the next calendar day takes in that time, in every panel.</source>
        <translation>In Handelszeit zählt ein Tag ohne Handel ein Zehntel von einem mit Handel, damit Volatilitäten über Wochenenden und Feiertage vergleichbar sind. Für Kette und Fläche; Preise bleiben gleich. Theta ist, was der nächste Kalendertag in dieser Zeit nimmt, in jedem Fenster.</translation>
    </message>
    <message>
        <source>Orders a minute</source>
        <translation>Aufträge je Minute</translation>
    </message>
    <message>
        <source>New orders and changes leave no faster, a strategy&apos;s too; cancels always go at once. From now on.</source>
        <translation>Neue Aufträge und Änderungen gehen nicht schneller hinaus, auch die einer Strategie; Stornos gehen immer sofort. Ab jetzt.</translation>
    </message>
    <message>
        <source>Offer to stop trading when this window hangs, from a program of its own</source>
        <translation>Anbieten, den Handel anzuhalten, wenn dieses Fenster hängt, aus einem eigenen Programm</translation>
    </message>
    <message>
        <source>Limits…</source>
        <translation>Limits…</translation>
    </message>
    <message>
        <source>Every limit of the tolerance in force, and your own figures in its place</source>
        <translation>Jedes Limit der geltenden Toleranz, und eigene Werte an seiner Stelle</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Option chain</source>
        <translation>Optionskette</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Pfeile</translation>
    </message>
    <message>
        <source>move from cell to cell</source>
        <translation>von Zelle zu Zelle gehen</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>buy one of the current contract</source>
        <translation>einen des aktuellen Kontrakts kaufen</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>sell one of the current contract</source>
        <translation>einen des aktuellen Kontrakts verkaufen</translation>
    </message>
    <message>
        <source>+ and −</source>
        <translation>+ und −</translation>
    </message>
    <message>
        <source>one more, one less of a staged leg</source>
        <translation>ein vorgemerktes Bein mehr, weniger</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>take the leg off the ticket</source>
        <translation>das Bein vom Ticket nehmen</translation>
    </message>
    <message>
        <source>[ and ]</source>
        <translation>[ und ]</translation>
    </message>
    <message>
        <source>previous and next expiration</source>
        <translation>voriger und nächster Verfall</translation>
    </message>
    <message>
        <source>Click a bid or an ask</source>
        <translation>Klick auf Geld oder Brief</translation>
    </message>
    <message>
        <source>sell, buy one</source>
        <translation>eins verkaufen, kaufen</translation>
    </message>
    <message>
        <source>Ctrl, Ctrl+Shift click</source>
        <translation>Strg-, Strg+Umschalt-Klick</translation>
    </message>
    <message>
        <source>one more, one less</source>
        <translation>eins mehr, eins weniger</translation>
    </message>
    <message>
        <source>Drag a staged cell</source>
        <translation>Vorgemerkte Zelle ziehen</translation>
    </message>
    <message>
        <source>roll the leg to another strike</source>
        <translation>das Bein auf einen anderen Basispreis rollen</translation>
    </message>
    <message>
        <source>Watchlist</source>
        <translation>Beobachtung</translation>
    </message>
    <message>
        <source>Up and Down</source>
        <translation>Auf und Ab</translation>
    </message>
    <message>
        <source>show the chain of another symbol</source>
        <translation>die Kette eines anderen Symbols zeigen</translation>
    </message>
    <message>
        <source>take the symbol off the list</source>
        <translation>das Symbol von der Liste nehmen</translation>
    </message>
    <message>
        <source>Ctrl+Up, Ctrl+Down</source>
        <translation>Strg+Auf, Strg+Ab</translation>
    </message>
    <message>
        <source>move the symbol</source>
        <translation>das Symbol verschieben</translation>
    </message>
    <message>
        <source>Order ticket</source>
        <translation>Orderticket</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>send the order</source>
        <translation>die Order senden</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Strg+D</translation>
    </message>
    <message>
        <source>dry run: ask the broker without sending</source>
        <translation>Probelauf: den Broker fragen, ohne zu senden</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>take all legs away</source>
        <translation>alle Beine entfernen</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>Positionen</translation>
    </message>
    <message>
        <source>stage a close of the current row</source>
        <translation>eine Schließung der aktuellen Zeile vormerken</translation>
    </message>
    <message>
        <source>R</source>
        <translation>R</translation>
    </message>
    <message>
        <source>stage a roll of it to the next expiration</source>
        <translation>sie auf den nächsten Verfall zu rollen vormerken</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Arbeitsbereiche</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SignalFields</name>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>trained signal that entries wait for</source>
        <translation>trainiertes Signal, auf das Eröffnungen warten</translation>
    </message>
    <message>
        <source>Nothing is opened while this model&apos;s probability is outside the bounds, in sample or not known</source>
        <translation>Nichts wird eröffnet, solange die Wahrscheinlichkeit dieses Modells außerhalb der Grenzen liegt, aus dem Trainingszeitraum stammt oder nicht bekannt ist</translation>
    </message>
    <message>
        <source>none: entries wait for no signal</source>
        <translation>keins: Eröffnungen warten auf kein Signal</translation>
    </message>
    <message>
        <source>Signal: name the model whose probability is bounded.</source>
        <translation>Signal: Nennen Sie das Modell, dessen Wahrscheinlichkeit begrenzt wird.</translation>
    </message>
    <message>
        <source>Signal: say what its probability must be at least or at most.</source>
        <translation>Signal: Geben Sie an, wie hoch die Wahrscheinlichkeit mindestens oder höchstens sein muss.</translation>
    </message>
    <message>
        <source>Signal: at least %1 % and at most %2 % leave nothing between.</source>
        <translation>Signal: Zwischen mindestens %1 % und höchstens %2 % liegt nichts.</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>The least that its probability may be</source>
        <translation>Das Mindeste, was seine Wahrscheinlichkeit sein darf</translation>
    </message>
    <message>
        <source>The most that its probability may be</source>
        <translation>Das Höchste, was seine Wahrscheinlichkeit sein darf</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SignalsModel</name>
    <message>
        <source>%1 to %2</source>
        <comment>interval</comment>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Trained on %1</source>
        <translation>Gelernt von %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SignalsPanel</name>
    <message>
        <source>Train demonstration</source>
        <translation>Vorführung trainieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>trained models, and what they are worth</source>
        <translation>trainierte Modelle, und was sie wert sind</translation>
    </message>
    <message>
        <source>what the trees of the chosen model look at</source>
        <translation>worauf die Bäume des gewählten Modells schauen</translation>
    </message>
    <message>
        <source>question of the demonstration</source>
        <translation>Frage der Vorführung</translation>
    </message>
    <message>
        <source>Trains a model for this question on the simulated market and puts it into the signals folder, in the place of an earlier one. It takes a minute, and some where it needs chains.</source>
        <translation>Trainiert am simulierten Markt ein Modell für diese Frage und legt es in den Ordner der Signale, an die Stelle eines früheren. Das dauert eine Minute, und mehrere, wo es Ketten braucht.</translation>
    </message>
    <message>
        <source>Stops the training; no file is written</source>
        <translation>Hält das Training an; es wird keine Datei geschrieben</translation>
    </message>
    <message>
        <source>The models could not be read: %1</source>
        <translation>Die Modelle konnten nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>Looking for trained models…</source>
        <translation>Sucht trainierte Modelle …</translation>
    </message>
    <message>
        <source>No model is in %1. “Train demonstration” makes one of the simulated market; of real days, the command line does: %2</source>
        <translation>In %1 ist kein Modell. „Vorführung trainieren“ macht eines vom simulierten Markt; von wirklichen Tagen macht es die Befehlszeile: %2</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Area under the curve, out of sample</source>
        <translation>Fläche unter der Kurve, außerhalb der Stichprobe</translation>
    </message>
    <message>
        <source>0.5 is chance: of two days, how often the one that came true was ranked higher</source>
        <translation>0,5 ist Zufall: wie oft von zwei Tagen der, an dem es eintraf, höher eingeordnet war</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>p by permutation</source>
        <translation>p durch Vertauschung</translation>
    </message>
    <message>
        <source>Brier score, of the base rate</source>
        <translation>Brier-Wert, der der Grundrate</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Lower is better: above the base rate&apos;s, its probabilities are not to be taken at their word</source>
        <translation>Weniger ist besser: über dem der Grundrate sind die Wahrscheinlichkeiten nicht wörtlich zu nehmen</translation>
    </message>
    <message>
        <source>Trained until</source>
        <translation>Gelernt bis</translation>
    </message>
    <message>
        <source>Trained on %1</source>
        <translation>Gelernt von %1</translation>
    </message>
    <message>
        <source>Training %1: %2</source>
        <translation>Trainiert %1: %2</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>%1 is trained.</source>
        <translation>%1 ist trainiert.</translation>
    </message>
    <message>
        <source>Cancelled: no file was written.</source>
        <translation>Abgebrochen: es wurde keine Datei geschrieben.</translation>
    </message>
    <message>
        <source>%1 could not be trained: %2</source>
        <translation>%1 konnte nicht trainiert werden: %2</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SmilePlot</name>
    <message>
        <source>%1 %2 %3
bid %4, mid %5, ask %6</source>
        <translation>%1 %2 %3
Geld %4, Mitte %5, Brief %6</translation>
    </message>
    <message>
        <source>call</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>put</source>
        <translation>Put</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StagedOrder</name>
    <message>
        <source>An order has four legs at most. Remove one first, or send these and start another order.</source>
        <translation>Eine Order hat höchstens vier Beine. Entfernen Sie zuerst eines, oder senden Sie diese und beginnen eine neue.</translation>
    </message>
    <message>
        <source>That order has more than four legs. Close it leg by leg.</source>
        <translation>Diese Order hat mehr als vier Beine. Schließen Sie sie Bein für Bein.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StatusLine</name>
    <message>
        <source>Where prices come from and where orders go</source>
        <translation>Woher Preise kommen und wohin Orders gehen</translation>
    </message>
    <message>
        <source>What trading is allowed to do now</source>
        <translation>Was der Handel jetzt darf</translation>
    </message>
    <message>
        <source>Symbols subscribed and quote events a second</source>
        <translation>Abonnierte Symbole und Kursereignisse je Sekunde</translation>
    </message>
    <message>
        <source>Time to refresh and paint a frame: median and 99th percentile of the last 1024</source>
        <translation>Zeit für Auffrischen und Zeichnen eines Bildes: Median und 99. Perzentil der letzten 1024</translation>
    </message>
    <message>
        <source>When our books were last compared with the broker&apos;s, New York time</source>
        <translation>Wann unsere Bücher zuletzt mit dem Broker verglichen wurden, Zeit in New York</translation>
    </message>
    <message>
        <source>The market&apos;s clock, New York</source>
        <translation>Die Uhr des Marktes, New York</translation>
    </message>
    <message>
        <source>▲ Only orders that reduce risk</source>
        <translation>▲ Nur Orders, die Risiko mindern</translation>
    </message>
    <message>
        <source>■ Trading is halted</source>
        <translation>■ Der Handel ist angehalten</translation>
    </message>
    <message>
        <source>%1 symbols · %2 events/s</source>
        <translation>%1 Symbole · %2 Ereignisse/s</translation>
    </message>
    <message>
        <source>frame %1 · %2 ms</source>
        <translation>Bild %1 · %2 ms</translation>
    </message>
    <message>
        <source>not reconciled yet</source>
        <translation>noch nicht abgeglichen</translation>
    </message>
    <message>
        <source>reconciled %1</source>
        <translation>abgeglichen %1</translation>
    </message>
    <message>
        <source>reconciled %1 · differences: %2</source>
        <translation>abgeglichen %1 · Abweichungen: %2</translation>
    </message>
    <message>
        <source>New York %1</source>
        <translation>New York %1</translation>
    </message>
    <message>
        <source> · market closed, opens %1</source>
        <translation> · Markt geschlossen, öffnet %1</translation>
    </message>
    <message>
        <source>How many orders may still go out now, of those that may in a minute; cancels always may</source>
        <translation>Wie viele Aufträge jetzt noch hinaus dürfen, von denen einer Minute; Stornos dürfen immer</translation>
    </message>
    <message>
        <source>%1 of %2 orders left</source>
        <translation>noch %1 von %2 Aufträgen</translation>
    </message>
    <message>
        <source>How far this computer&apos;s clock is from the broker&apos;s; from 5 s on, nothing is opened in options that expire today</source>
        <translation>Wie weit die Uhr dieses Rechners von der des Brokers abweicht; ab 5 s wird nichts in Optionen eröffnet, die heute verfallen</translation>
    </message>
    <message>
        <source>▲ clock %1 s off</source>
        <translation>▲ Uhr %1 s daneben</translation>
    </message>
    <message>
        <source> · paused</source>
        <translation> · angehalten</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StrategiesModel</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>armed</source>
        <translation>scharf</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StrategiesPanel</name>
    <message>
        <source>Strategies at work</source>
        <translation>Arbeitende Strategien</translation>
    </message>
    <message>
        <source>No strategy is at work. “Arm…” sets one to work: it trades by itself, through the same limits as your own orders, until you pause it or turn it off. Try it in a backtest first (Ctrl+B).</source>
        <translation>Keine Strategie arbeitet. „Scharf schalten …“ lässt eine arbeiten: Sie handelt selbsttätig, durch dieselben Grenzen wie Ihre eigenen Aufträge, bis Sie sie pausieren oder abschalten. Erproben Sie sie vorher in einem Backtest (Strg+B).</translation>
    </message>
    <message>
        <source>What it said and did</source>
        <translation>Was sie gesagt und getan hat</translation>
    </message>
    <message>
        <source>Its trades</source>
        <translation>Ihre Geschäfte</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Trades</source>
        <translation>Geschäfte</translation>
    </message>
    <message>
        <source>Arm…</source>
        <translation>Scharf schalten …</translation>
    </message>
    <message>
        <source>Sets a strategy to work, or gives the chosen one other parameters</source>
        <translation>Lässt eine Strategie arbeiten oder gibt der gewählten andere Parameter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>Abschalten</translation>
    </message>
    <message>
        <source>It does nothing any more; what it holds is yours to close</source>
        <translation>Sie tut nichts mehr; was sie hält, schließen Sie selbst</translation>
    </message>
    <message>
        <source>Close trade</source>
        <translation>Ihr Geschäft schließen</translation>
    </message>
    <message>
        <source>Stages an order that closes what it holds</source>
        <translation>Legt einen Auftrag bereit, der schließt, was sie hält</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Off, and no longer in this list; its trades stay in the journal</source>
        <translation>Aus und nicht mehr in dieser Liste; ihre Geschäfte bleiben im Journal</translation>
    </message>
    <message>
        <source>Trades %1</source>
        <translation>Geschäfte %1</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>It manages what it holds and enters nothing</source>
        <translation>Sie verwaltet, was sie hält, und eröffnet nichts</translation>
    </message>
    <message>
        <source>It enters again</source>
        <translation>Sie eröffnet wieder</translation>
    </message>
    <message>
        <source>A double click shows the trade&apos;s hedge ledger</source>
        <translation>Ein Doppelklick zeigt das Absicherungsbuch des Geschäfts</translation>
    </message>
    <message>
        <source>Hedges</source>
        <translation>Absicherung</translation>
    </message>
    <message>
        <source>Backtest…</source>
        <translation>Backtest…</translation>
    </message>
    <message>
        <source>Runs a strategy over the past (Ctrl+B)</source>
        <translation>Lässt eine Strategie über die Vergangenheit laufen (Strg+B)</translation>
    </message>
    <message>
        <source>Sweep…</source>
        <translation>Parametersuche…</translation>
    </message>
    <message>
        <source>Runs it over many parameters, or walks forward</source>
        <translation>Lässt sie über viele Parameter laufen, auch als Walk-forward</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StrategyDialog</name>
    <message>
        <source>Arm a strategy</source>
        <translation>Strategie scharf schalten</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>Underlying</source>
        <translation>Basiswert</translation>
    </message>
    <message>
        <source>It trades real money while orders are armed, and goes on after a restart until you turn it off.</source>
        <translation>Sie handelt mit echtem Geld, solange Aufträge scharf sind, und macht nach einem Neustart weiter, bis Sie sie abschalten.</translation>
    </message>
    <message>
        <source>It trades by itself, within the limits of the risk gate, and goes on after a restart until you turn it off.</source>
        <translation>Sie handelt selbsttätig innerhalb der Grenzen der Risikoschranke und macht nach einem Neustart weiter, bis Sie sie abschalten.</translation>
    </message>
    <message>
        <source>Arm</source>
        <translation>Scharf schalten</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Underlying: enter a symbol, such as SPY.</source>
        <translation>Basiswert: Geben Sie ein Symbol ein, etwa SPY.</translation>
    </message>
    <message>
        <source>It trades the basket of the Dispersion panel, where that is edited: %1. One that is at work keeps the basket it was armed with.</source>
        <translation>Sie handelt den Korb des Fensters Dispersion, wo er geändert wird: %1. Eine, die arbeitet, behält den Korb, mit dem sie scharf geschaltet wurde.</translation>
    </message>
    <message>
        <source>the simulated exchange: no real money</source>
        <translation>die simulierte Börse: kein echtes Geld</translation>
    </message>
    <message>
        <source>the broker&apos;s sandbox: no real money</source>
        <translation>die Sandbox des Brokers: kein echtes Geld</translation>
    </message>
    <message>
        <source>the broker&apos;s sandbox with quotes of the real market: no real money</source>
        <translation>die Sandbox des Brokers mit Kursen des echten Marktes: kein echtes Geld</translation>
    </message>
    <message>
        <source>LIVE: real money</source>
        <translation>LIVE: echtes Geld</translation>
    </message>
    <message>
        <source>Usual values</source>
        <translation>Übliche Werte</translation>
    </message>
    <message>
        <source>Every parameter as the strategy has it of its own accord</source>
        <translation>Jeder Parameter, wie ihn die Strategie von sich aus hat</translation>
    </message>
    <message>
        <source>no account yet</source>
        <translation>noch kein Konto</translation>
    </message>
    <message>
        <source>account %1</source>
        <translation>Konto %1</translation>
    </message>
    <message>
        <source>It is armed for: %1, %2</source>
        <comment>account, environment</comment>
        <translation>Sie wird scharf geschaltet für: %1, %2</translation>
    </message>
    <message>
        <source>Orders are not armed now: until you arm them in the toolbar, nothing of it is sent.</source>
        <translation>Aufträge sind jetzt nicht scharf: bis sie in der Werkzeugleiste scharf geschaltet werden, wird nichts von ihr gesendet.</translation>
    </message>
    <message>
        <source>Arm with real money</source>
        <translation>Mit echtem Geld scharf schalten</translation>
    </message>
    <message>
        <source>By the limits one trade may lose %1 of the account.</source>
        <translation>Nach den Grenzen darf ein Handel %1 des Kontos verlieren.</translation>
    </message>
    <message>
        <source>By the limits one trade may lose %1, %2 of the account.</source>
        <translation>Nach den Grenzen darf ein Handel %1 verlieren, %2 des Kontos.</translation>
    </message>
    <message>
        <source>It is tried with %1 as a rule; on less, such as these %2, it may find that nothing fits.</source>
        <translation>In der Regel wird sie mit %1 erprobt; mit weniger, wie diesen %2, passt womöglich nichts.</translation>
    </message>
    <message>
        <source>It is in the list for %1 already: it goes on there under these parameters.</source>
        <translation>Für %1 steht sie schon in der Liste: dort geht sie mit diesen Parametern weiter.</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiterer</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>All parameters are at the strategy&apos;s usual values.</source>
        <translation>Alle Parameter haben die üblichen Werte der Strategie.</translation>
    </message>
    <message>
        <source>Not at the usual values: %1.</source>
        <translation>Nicht auf den üblichen Werten: %1.</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Signal</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StrategyEventsModel</name>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>proposal</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>refusal</source>
        <translation>Ablehnung</translation>
    </message>
    <message>
        <source>order</source>
        <translation>Auftrag</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StrategyLedgers</name>
    <message>
        <source>trade</source>
        <translation>Geschäft</translation>
    </message>
    <message>
        <source>No strategy is chosen.</source>
        <translation>Keine Strategie ist ausgewählt.</translation>
    </message>
    <message>
        <source>%1 does not hedge with shares: its trades have no hedge ledger.</source>
        <translation>%1 sichert nicht mit Aktien ab: Ihre Geschäfte haben kein Absicherungsbuch.</translation>
    </message>
    <message>
        <source>d MMM yy HH:mm</source>
        <comment>date format</comment>
        <translation>d. MMM yy HH:mm</translation>
    </message>
    <message>
        <source>%1: %2, open</source>
        <comment>when, trade</comment>
        <translation>%1: %2, offen</translation>
    </message>
    <message>
        <source>%1: %2, closed</source>
        <comment>when, trade</comment>
        <translation>%1: %2, geschlossen</translation>
    </message>
    <message>
        <source>This trade was open when the program was started. Its ledger begins as soon as the marks of all that it holds are known, while the market is open.</source>
        <translation>Dieses Geschäft war beim Start des Programms schon offen. Sein Buch beginnt, sobald die Werte von allem, was es hält, bekannt sind, solange der Markt offen ist.</translation>
    </message>
    <message>
        <source>A ledger begins with a trade&apos;s first fill; of closed trades the last %1 of all strategies keep theirs until the program ends.</source>
        <translation>Ein Buch beginnt mit der ersten Ausführung eines Geschäfts; von den geschlossenen behalten die letzten %1 aller Strategien ihres, bis das Programm endet.</translation>
    </message>
    <message>
        <source>It has not traded yet.</source>
        <translation>Sie hat noch nicht gehandelt.</translation>
    </message>
    <message>
        <source>None of its trades has a ledger.</source>
        <translation>Keines ihrer Geschäfte hat ein Buch.</translation>
    </message>
    <message>
        <source>That trade has no ledger.</source>
        <translation>Dieses Geschäft hat kein Buch.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StrategyTradesModel</name>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StressMap</name>
    <message>
        <source>spot, %</source>
        <translation>Kurs, %</translation>
    </message>
    <message>
        <source>volatility, %</source>
        <translation>Volatilität, %</translation>
    </message>
    <message>
        <source>%1k</source>
        <comment>thousands of dollars, short</comment>
        <translation>%1k</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::StressPanel</name>
    <message>
        <source>day of the stress</source>
        <translation>Tag des Stresses</translation>
    </message>
    <message>
        <source>picture of the stress</source>
        <translation>Bild des Stresses</translation>
    </message>
    <message>
        <source>unit of the figures</source>
        <translation>Einheit der Zahlen</translation>
    </message>
    <message>
        <source>What makes the worst cell</source>
        <translation>Woraus die schlimmste Zelle besteht</translation>
    </message>
    <message>
        <source>Days of the past on this book</source>
        <translation>Vergangene Tage auf diesem Buch</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Spot across, volatility up, a number in each cell</source>
        <translation>Kurs waagrecht, Volatilität senkrecht, in jeder Zelle eine Zahl</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Profit and loss over spot, a curve for each day</source>
        <translation>G&amp;V über dem Kurs, eine Kurve für jeden Tag</translation>
    </message>
    <message>
        <source>$</source>
        <comment>unit</comment>
        <translation>$</translation>
    </message>
    <message>
        <source>Figures in dollars</source>
        <translation>Zahlen in Dollar</translation>
    </message>
    <message>
        <source>%</source>
        <comment>unit</comment>
        <translation>%</translation>
    </message>
    <message>
        <source>Figures in percent of net liquidation</source>
        <translation>Zahlen in Prozent des Nettowerts</translation>
    </message>
    <message>
        <source>move of volatility under the curves</source>
        <translation>Bewegung der Volatilität unter den Kurven</translation>
    </message>
    <message>
        <source>By how much every implied volatility moves, relative to what it is</source>
        <translation>Um wie viel sich jede implizite Volatilität bewegt, gemessen an ihrem Stand</translation>
    </message>
    <message>
        <source>profit and loss under moves of spot and volatility; arrow keys choose a cell</source>
        <translation>G&amp;V bei Bewegungen von Kurs und Volatilität; Pfeiltasten wählen eine Zelle</translation>
    </message>
    <message>
        <source>profit and loss over moves of spot</source>
        <translation>G&amp;V über Bewegungen des Kurses</translation>
    </message>
    <message>
        <source>legs of the worst cell</source>
        <translation>Beine der schlimmsten Zelle</translation>
    </message>
    <message>
        <source>days of the past on this book</source>
        <translation>vergangene Tage auf diesem Buch</translation>
    </message>
    <message>
        <source>What one day&apos;s moves of the index and of its volatility would do to the positions of now</source>
        <translation>Was die Bewegungen des Index und seiner Volatilität an einem Tag mit den heutigen Positionen machen würden</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message numerus="yes">
        <source>%1, in %n day(s)</source>
        <translation>
            <numerusform>%1, in %n Tag</numerusform>
            <numerusform>%1, in %n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>spot %1 · volatility %2 · %3</source>
        <translation>Kurs %1 · Volatilität %2 · %3</translation>
    </message>
    <message>
        <source>Waiting for the first revaluation of what is held…</source>
        <translation>Warte auf die erste Neubewertung des Bestands…</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>+%1 d</source>
        <comment>days ahead</comment>
        <translation>+%1 T</translation>
    </message>
    <message>
        <source>Moves at once, no time passes</source>
        <translation>Bewegungen sofort, keine Zeit vergeht</translation>
    </message>
    <message numerus="yes">
        <source>The moves are there %n day(s) from now</source>
        <translation>
            <numerusform>Die Bewegungen sind in %n Tag da</numerusform>
            <numerusform>Die Bewegungen sind in %n Tagen da</numerusform>
        </translation>
    </message>
    <message>
        <source>volatility %1</source>
        <translation>Volatilität %1</translation>
    </message>
    <message>
        <source>Profit and loss of the whole book, every underlying moved alike.</source>
        <translation>G&amp;V des ganzen Buchs, jeder Basiswert gleich bewegt.</translation>
    </message>
    <message>
        <source>%1: %2, %3 of net liquidation</source>
        <translation>%1: %2, %3 des Nettowerts</translation>
    </message>
    <message>
        <source>Framed, the worst of this day: %1</source>
        <translation>Umrahmt, das Schlimmste dieses Tages: %1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Worst of all cells: %1</source>
        <translation>Schlimmste aller Zellen: %1</translation>
    </message>
    <message>
        <source>The lowest of all days&apos; maps, by full revaluation of every position.</source>
        <translation>Das Tiefste aus den Karten aller Tage, jede Position voll neu bewertet.</translation>
    </message>
    <message>
        <source>Closing everything there</source>
        <translation>Dort alles schließen</translation>
    </message>
    <message>
        <source>That cell&apos;s result if every position were closed at once across its spread.</source>
        <translation>Das Ergebnis dieser Zelle, wenn jede Position sofort über ihre Spanne geschlossen würde.</translation>
    </message>
    <message>
        <source>Margin call</source>
        <translation>Margin Call</translation>
    </message>
    <message>
        <source>at spot %1</source>
        <translation>bei Kurs %1</translation>
    </message>
    <message>
        <source>none within the map</source>
        <translation>keiner auf der Karte</translation>
    </message>
    <message>
        <source>The move of every spot, volatility as it is, at which no buying power is left.</source>
        <translation>Die Bewegung aller Kurse, bei unveränderter Volatilität, bei der keine Kaufkraft bleibt.</translation>
    </message>
    <message>
        <source>%1 dollars in the worst cell</source>
        <translation>%1 Dollar in der schlimmsten Zelle</translation>
    </message>
    <message>
        <source>spot %1, vol %2</source>
        <translation>Kurs %1, Vol. %2</translation>
    </message>
    <message>
        <source>%1: %2: %3 dollars, %4 of net liquidation</source>
        <translation>%1: %2: %3 Dollar, %4 des Nettowerts</translation>
    </message>
    <message numerus="yes">
        <source>Closing everything there, %n spread(s) not known</source>
        <translation>
            <numerusform>Alles dort schließen, %n Spanne nicht bekannt</numerusform>
            <numerusform>Alles dort schließen, %n Spannen nicht bekannt</numerusform>
        </translation>
    </message>
    <message>
        <source>· worst cell %1</source>
        <translation>· schlechtestes Feld %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::Surface3d</name>
    <message>
        <source>volatility surface as a body</source>
        <translation>Volatilitätsfläche als Körper</translation>
    </message>
    <message>
        <source>Drag to turn; a double click turns it back</source>
        <translation>Ziehen dreht; ein Doppelklick dreht zurück</translation>
    </message>
    <message>
        <source>IV %1 to %2 and above</source>
        <translation>IV %1 bis %2 und darüber</translation>
    </message>
    <message>
        <source>A surface needs two fitted expirations</source>
        <translation>Eine Fläche braucht zwei angepasste Verfälle</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SurfaceMap</name>
    <message>
        <source>%1, strike %2
fit %3</source>
        <translation>%1, Strike %2
Kurve %3</translation>
    </message>
    <message>
        <source>quoted at %1: bid %2, ask %3</source>
        <translation>quotiert bei %1: Geld %2, Brief %3</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SweepDialog</name>
    <message>
        <source>Sweep and walk-forward</source>
        <translation>Parametersuche und Walk-forward</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>A sweep that ran before</source>
        <translation>Eine Suche, die schon lief</translation>
    </message>
    <message>
        <source>Another machine&apos;s trials.db…</source>
        <translation>Die trials.db eines anderen Rechners…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>%n settings</source>
        <translation>
            <numerusform>%n Einstellung</numerusform>
            <numerusform>%n Einstellungen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, of at most %2</source>
        <translation>%1, von höchstens %2</translation>
    </message>
    <message>
        <source>%1 on about %2: %3 runs</source>
        <translation>%1 auf etwa %2: %3 Läufe</translation>
    </message>
    <message numerus="yes">
        <source>%n stretches</source>
        <translation>
            <numerusform>%n Abschnitt</numerusform>
            <numerusform>%n Abschnitten</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the chains: %1, %2</source>
        <translation>Liest die Optionsketten: %1, %2</translation>
    </message>
    <message>
        <source>%1 of %2 runs, %3</source>
        <translation>%1 von %2 Läufen, %3</translation>
    </message>
    <message>
        <source>It did not run: %1</source>
        <translation>Nicht gelaufen: %1</translation>
    </message>
    <message>
        <source>Cancelled. What had finished is shown and kept: run it again to go on from there.</source>
        <translation>Abgebrochen. Was fertig war, ist zu sehen und bleibt: Ein neuer Start macht dort weiter.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Done in %1 s</source>
        <translation>Fertig in %1 s</translation>
    </message>
    <message numerus="yes">
        <source>%n runs were known from before</source>
        <translation>
            <numerusform>%n Lauf war schon bekannt</numerusform>
            <numerusform>%n Läufe waren schon bekannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n runs failed</source>
        <translation>
            <numerusform>%n Lauf ist gescheitert</numerusform>
            <numerusform>%n Läufe sind gescheitert</numerusform>
        </translation>
    </message>
    <message>
        <source>Trials of another machine</source>
        <translation>Versuche eines anderen Rechners</translation>
    </message>
    <message>
        <source>Trials (*.db)</source>
        <translation>Versuche (*.db)</translation>
    </message>
    <message>
        <source>Reading the trials …</source>
        <translation>Liest die Versuche …</translation>
    </message>
    <message>
        <source>They could not be read: %1</source>
        <translation>Sie konnten nicht gelesen werden: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n trials taken over.</source>
        <translation>
            <numerusform>%n Versuch übernommen.</numerusform>
            <numerusform>%n Versuche übernommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>No sweep is kept: no two runs that differ in parameters alone.</source>
        <translation>Keine Suche ist aufbewahrt: keine zwei Läufe, die sich nur in Parametern unterscheiden.</translation>
    </message>
    <message>
        <source>Choose one of the sweeps that are kept.</source>
        <translation>Eine der aufbewahrten Suchen wählen.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SweepForm</name>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>longest trade</source>
        <translation>längster Trade</translation>
    </message>
    <message>
        <source>Sweep: each setting on all days</source>
        <translation>Suche: jede Einstellung an allen Tagen</translation>
    </message>
    <message>
        <source>Walk-forward, rolling</source>
        <translation>Walk-forward, gleitend</translation>
    </message>
    <message>
        <source>Walk-forward, growing</source>
        <translation>Walk-forward, wachsend</translation>
    </message>
    <message>
        <source>A walk-forward picks the best setting on earlier days and trades the next with it, again and again: on days that move along, or that grow from the first.</source>
        <translation>Ein Walk-forward wählt nach früheren Tagen die beste Einstellung und handelt die nächsten mit ihr, immer wieder: nach Tagen, die mitwandern oder vom ersten an wachsen.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Trading days left out before the next ones, in which what was entered last may still be open</source>
        <translation>Handelstage, die vor den nächsten ausgelassen werden: In ihnen kann noch offen sein, was zuletzt eröffnet wurde</translation>
    </message>
    <message>
        <source>Trading days left out besides, since what the market does right after is not independent</source>
        <translation>Handelstage, die außerdem ausgelassen werden, weil nicht unabhängig ist, was der Markt gleich danach tut</translation>
    </message>
    <message>
        <source>Picked by</source>
        <translation>Gewählt nach</translation>
    </message>
    <message>
        <source>Days to pick on</source>
        <translation>Tage der Wahl</translation>
    </message>
    <message>
        <source>Days to trade then</source>
        <translation>Tage des Handels danach</translation>
    </message>
    <message>
        <source>Purge, days</source>
        <translation>Bereinigung, Tage</translation>
    </message>
    <message>
        <source>Embargo, days</source>
        <translation>Sperrfrist, Tage</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SweepGridForm</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1: one value or several</source>
        <translation>%1: ein Wert oder mehrere</translation>
    </message>
    <message>
        <source>one value</source>
        <translation>ein Wert</translation>
    </message>
    <message>
        <source>a range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>several</source>
        <translation>mehrere</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>%1: values</source>
        <translation>%1: Werte</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SweepMapPage</name>
    <message>
        <source>the figure over two parameters</source>
        <translation>die Kennzahl über zwei Parametern</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>across</source>
        <translation>waagrecht</translation>
    </message>
    <message>
        <source>up</source>
        <translation>senkrecht</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>best</source>
        <translation>beste</translation>
    </message>
    <message>
        <source>Click a cell for its run.</source>
        <translation>Eine Zelle anklicken, um ihren Lauf zu sehen.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SweepResults</name>
    <message>
        <source>sweep</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Choose a strategy, give at least one of its parameters a range or a list, and run every combination. The map, the runs and what they are worth appear here; sweeps of the command line can be loaded.</source>
        <translation>Eine Strategie wählen, mindestens einem ihrer Parameter einen Bereich oder eine Liste geben und jede Kombination laufen lassen. Die Karte, die Läufe und was sie wert sind erscheinen hier; Suchen der Befehlszeile lassen sich laden.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern…</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>Geschrieben nach %1</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Report as a page (*.html)</source>
        <translation>Bericht als Seite (*.html)</translation>
    </message>
    <message>
        <source>Stretches (*.csv)</source>
        <translation>Abschnitte (*.csv)</translation>
    </message>
    <message>
        <source>Trades (*.csv)</source>
        <translation>Geschäfte (*.csv)</translation>
    </message>
    <message>
        <source>Runs (*.csv)</source>
        <translation>Läufe (*.csv)</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::SweepRunsModel</name>
    <message>
        <source>note</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>gescheitert: %1</translation>
    </message>
    <message>
        <source>did not run</source>
        <translation>nicht gelaufen</translation>
    </message>
    <message>
        <source>ran before</source>
        <translation>lief schon</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::TicketFigures</name>
    <message>
        <source>price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>max profit</source>
        <translation>max. Gewinn</translation>
    </message>
    <message>
        <source>max loss</source>
        <translation>max. Verlust</translation>
    </message>
    <message>
        <source>prob. of profit</source>
        <translation>Gewinnchance</translation>
    </message>
    <message>
        <source>break-even</source>
        <translation>Gewinnschwelle</translation>
    </message>
    <message>
        <source>Δ · Θ / day</source>
        <translation>Δ · Θ / Tag</translation>
    </message>
    <message>
        <source>Chance that the order is worth more than it cost at expiry, by today&apos;s volatility. A model&apos;s figure, not a promise.</source>
        <translation>Wahrscheinlichkeit, dass die Order bei Verfall mehr wert ist, als sie kostete, nach heutiger Volatilität. Der Wert eines Modells, kein Versprechen.</translation>
    </message>
    <message>
        <source>credit</source>
        <translation>Gutschrift</translation>
    </message>
    <message>
        <source>debit</source>
        <translation>Belastung</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>what if: Δ · Θ / day</source>
        <translation>was wenn: Δ · Θ / Tag</translation>
    </message>
    <message>
        <source>realised</source>
        <translation>realisiert</translation>
    </message>
    <message>
        <source>What the closing legs make against their average open prices, less their fees. Where the order opens something too, that counts at its mid and the rest of the price is the close&apos;s.</source>
        <translation>Was die schließenden Beine gegen ihre mittleren Eröffnungspreise bringen, abzüglich ihrer Gebühren. Eröffnet die Order auch etwas, zählt das zu seiner Mitte, und der Rest des Preises gehört zur Schließung.</translation>
    </message>
    <message>
        <source>max profit after</source>
        <translation>größter Gewinn danach</translation>
    </message>
    <message>
        <source>max loss after</source>
        <translation>größter Verlust danach</translation>
    </message>
    <message>
        <source>Δ · Θ / day after</source>
        <translation>Δ · Θ / Tag danach</translation>
    </message>
    <message>
        <source>Flat after this order</source>
        <translation>Glatt nach dieser Order</translation>
    </message>
    <message>
        <source>With what you hold: max loss %1</source>
        <translation>Mit dem Bestand: größter Verlust %1</translation>
    </message>
    <message>
        <source>After: all that stays in %1, at its open prices, and what is realised</source>
        <translation>Danach: alles, was in %1 bleibt, zu seinen Einstandskursen, und was realisiert wird</translation>
    </message>
    <message>
        <source>What the order adds: delta in shares, theta in dollars over the next calendar day, in the time to expiry of the settings</source>
        <translation>Was die Order hinzufügt: Delta in Aktien, Theta in Dollar über den nächsten Kalendertag, in der Restlaufzeit der Einstellungen</translation>
    </message>
    <message>
        <source>Of what is held after the order: delta in shares, theta in dollars over the next calendar day, in the time to expiry of the settings</source>
        <translation>Von dem, was nach der Order gehalten wird: Delta in Aktien, Theta in Dollar über den nächsten Kalendertag, in der Restlaufzeit der Einstellungen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ToleranceRow</name>
    <message>
        <source>risk tolerance</source>
        <translation>Risikotoleranz</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>The tightest limits and the smallest trades</source>
        <translation>Die engsten Grenzen und die kleinsten Geschäfte</translation>
    </message>
    <message>
        <source>The limits that are shipped</source>
        <translation>Die mitgelieferten Grenzen</translation>
    </message>
    <message>
        <source>The widest limits; the hard caps hold all the same</source>
        <translation>Die weitesten Grenzen; die harten Grenzen gelten trotzdem</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>Wechseln</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>▲ %1: wider limits and larger trades, at once.</source>
        <translation>▲ %1: weitere Grenzen und größere Geschäfte, ab sofort.</translation>
    </message>
    <message>
        <source>▲ %1: tighter limits, at once. What is over them can only be reduced.</source>
        <translation>▲ %1: engere Grenzen, ab sofort. Was darüber liegt, lässt sich nur verringern.</translation>
    </message>
    <message>
        <source>Limits of your own are in force.</source>
        <translation>Eigene Limits gelten.</translation>
    </message>
    <message>
        <source>Limits…</source>
        <translation>Limits…</translation>
    </message>
    <message>
        <source>Every limit of this tolerance, and your own figures in its place</source>
        <translation>Jedes Limit dieser Toleranz, und eigene Werte an seiner Stelle</translation>
    </message>
    <message>
        <source>▲ %1: other limits, at once; you have changed figures. “Limits…” shows them.</source>
        <translation>▲ %1: andere Limits, sofort; Sie haben Werte geändert. „Limits…“ zeigt sie.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::Toolbar</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>SANDBOX</source>
        <translation>SANDBOX</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>LIVE</translation>
    </message>
    <message>
        <source>Orders go to a practice exchange: no real money</source>
        <translation>Orders gehen an eine Übungsbörse: kein echtes Geld</translation>
    </message>
    <message>
        <source>Orders go to the broker: real money</source>
        <translation>Orders gehen an den Broker: echtes Geld</translation>
    </message>
    <message>
        <source>account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>net liq</source>
        <translation>Nettowert</translation>
    </message>
    <message>
        <source>day P&amp;L</source>
        <translation>Tages-G&amp;V</translation>
    </message>
    <message>
        <source>buying power</source>
        <translation>Kaufkraft</translation>
    </message>
    <message>
        <source>feed</source>
        <translation>Kurse</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Stop all · F12</source>
        <translation>Alles stoppen · F12</translation>
    </message>
    <message>
        <source>Halts trading and cancels every working order. Positions stay; you can close them one by one.</source>
        <translation>Hält den Handel an und storniert jede aktive Order. Positionen bleiben; Sie können sie einzeln schließen.</translation>
    </message>
    <message>
        <source>Menu ▾</source>
        <translation>Menü ▾</translation>
    </message>
    <message>
        <source>down</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>live</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>The account connection is down: these are the last known figures</source>
        <translation>Die Kontoverbindung ist unterbrochen: dies sind die letzten bekannten Zahlen</translation>
    </message>
    <message>
        <source>Halted</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>closed</source>
        <comment>the market</comment>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>The market is closed and opens %1, New York time. Prices are the last ones.</source>
        <translation>Der Markt ist geschlossen und öffnet %1, New Yorker Zeit. Die Kurse sind die letzten.</translation>
    </message>
    <message>
        <source>ARMED · Disarm</source>
        <translation>SCHARF · Entschärfen</translation>
    </message>
    <message>
        <source>Arm orders…</source>
        <translation>Aufträge scharf schalten…</translation>
    </message>
    <message>
        <source>Orders with real money leave. Click to disarm them at once; cancels still pass.</source>
        <translation>Aufträge mit echtem Geld gehen hinaus. Klicken entschärft sie sofort; Stornos gehen weiter durch.</translation>
    </message>
    <message>
        <source>Orders with real money are held back: %1.</source>
        <translation>Aufträge mit echtem Geld werden zurückgehalten: %1.</translation>
    </message>
    <message>
        <source>Ctrl K   find anything…</source>
        <translation>Strg K   alles finden…</translation>
    </message>
    <message>
        <source>Realised and open, fees and deposits taken off, since the previous close.</source>
        <translation>Realisiert und offen, ohne Gebühren und Einzahlungen, seit dem Vortagesschluss.</translation>
    </message>
    <message>
        <source>Realised and open, fees and deposits taken off, since %1, New York: before then the day was not seen.</source>
        <translation>Realisiert und offen, ohne Gebühren und Einzahlungen, seit %1, New York: Vorher wurde der Tag nicht gesehen.</translation>
    </message>
    <message>
        <source>The panel Attribution takes it apart.</source>
        <translation>Das Panel Attribution schlüsselt es auf.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::Tour</name>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Los</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::TradesModel</name>
    <message>
        <source>d MMM yy</source>
        <comment>date format</comment>
        <translation>d. MMM yy</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::TriggerRow</name>
    <message>
        <source>trigger</source>
        <translation>Auslöser</translation>
    </message>
    <message>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <source>good till</source>
        <translation>gültig bis</translation>
    </message>
    <message>
        <source>The order is sent to the market once the middle of the quote comes here; until then it waits at the broker.</source>
        <translation>Der Auftrag geht an den Markt, sobald die Mitte der Kurse hier ist; bis dahin wartet er beim Broker.</translation>
    </message>
    <message>
        <source>amount in dollars</source>
        <translation>Betrag in Dollar</translation>
    </message>
    <message>
        <source>What is to be spent, or to come in. How many shares that is, to five decimals, the market says when the order gets there.</source>
        <translation>Was ausgegeben werden oder hereinkommen soll. Wie viele Aktien das sind, auf fünf Stellen, sagt der Markt, wenn der Auftrag ankommt.</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>date that an order is good till</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>How far the trigger is from the market: %1 is the middle of the quote.</source>
        <translation>Wie weit der Auslöser vom Markt entfernt ist: %1 ist die Mitte der Kurse.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ValueAtRiskModel</name>
    <message>
        <source>● %1</source>
        <comment>the method that the gauge goes by</comment>
        <translation>● %1</translation>
    </message>
    <message>
        <source>The gauge goes by it.</source>
        <translation>Nach ihm richtet sich die Anzeige.</translation>
    </message>
    <message>
        <source>It differs from the shown method by more than a quarter.</source>
        <translation>Es weicht vom gezeigten Verfahren um mehr als ein Viertel ab.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::ValueAtRiskPanel</name>
    <message>
        <source>What each underlying adds</source>
        <translation>Was jeder Basiswert beiträgt</translation>
    </message>
    <message>
        <source>value at risk by method; Enter shows the back-test of a row</source>
        <translation>Value at Risk nach Verfahren; Eingabe zeigt den Rückvergleich einer Zeile</translation>
    </message>
    <message>
        <source>value at risk by underlying</source>
        <translation>Value at Risk nach Basiswert</translation>
    </message>
    <message>
        <source>The parts add up to the whole: what takes risk off has a negative one.</source>
        <translation>Die Teile ergeben das Ganze: was Risiko abbaut, hat einen negativen.</translation>
    </message>
    <message>
        <source>method that is back-tested</source>
        <translation>Verfahren des Rückvergleichs</translation>
    </message>
    <message>
        <source>The method whose back-test is shown</source>
        <translation>Das Verfahren, dessen Rückvergleich gezeigt wird</translation>
    </message>
    <message>
        <source>Back-test</source>
        <translation>Rückvergleich</translation>
    </message>
    <message>
        <source>daily profit and loss of today&apos;s book over the past; arrow keys choose a day</source>
        <translation>tägliche G&amp;V des heutigen Buchs über die Vergangenheit; Pfeiltasten wählen einen Tag</translation>
    </message>
    <message>
        <source>Waiting for the first value at risk of what is held…</source>
        <translation>Warte auf den ersten Value at Risk des Bestands…</translation>
    </message>
    <message numerus="yes">
        <source>%1 level, %n trading day(s) ahead, from %2 days of history</source>
        <translation>
            <numerusform>Niveau %1, %n Handelstag voraus, aus %2 Tagen Historie</numerusform>
            <numerusform>Niveau %1, %n Handelstage voraus, aus %2 Tagen Historie</numerusform>
        </translation>
    </message>
    <message>
        <source>▲ The methods disagree by more than a quarter (amber). Where options bend profits, trust those that revalue in full: historical, filtered historical, Monte Carlo.</source>
        <translation>▲ Die Verfahren weichen um mehr als ein Viertel voneinander ab (gelb). Wo Optionen die G&amp;V krümmen, gelten die voll neu bewertenden: Historisch, Hist., gefiltert, Monte Carlo.</translation>
    </message>
    <message>
        <source>The methods agree within a quarter.</source>
        <translation>Die Verfahren stimmen auf ein Viertel überein.</translation>
    </message>
    <message>
        <source>%1 adds %2 dollars to the value at risk</source>
        <translation>%1 trägt %2 Dollar zum Value at Risk bei</translation>
    </message>
    <message>
        <source>No history of implied volatility of %1: its moves follow the price&apos;s.</source>
        <translation>Keine Historie der impliziten Volatilität von %1: ihre Bewegungen folgen dem Kurs.</translation>
    </message>
    <message>
        <source>There is no back-test yet.</source>
        <translation>Es gibt noch keinen Rückvergleich.</translation>
    </message>
    <message>
        <source>On today&apos;s book %1 of %2 past days lost more than the value at risk, %3 expected.</source>
        <translation>Auf dem heutigen Buch verloren %1 von %2 vergangenen Tagen mehr als den Value at Risk, erwartet waren %3.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::VolatilitySurfacePanel</name>
    <message numerus="yes">
        <source>%n d</source>
        <comment>days, short</comment>
        <translation>
            <numerusform>%n T</numerusform>
            <numerusform>%n T</numerusform>
        </translation>
    </message>
    <message>
        <source>ln K/F</source>
        <translation>ln K/F</translation>
    </message>
    <message>
        <source>heat map of the volatility surface</source>
        <translation>Wärmekarte der Volatilitätsfläche</translation>
    </message>
    <message>
        <source>implied volatility over strikes</source>
        <translation>implizite Volatilität über den Strikes</translation>
    </message>
    <message>
        <source>at-the-money volatility over time to expiry</source>
        <translation>Volatilität am Geld über der Laufzeit</translation>
    </message>
    <message>
        <source>total variance over log-moneyness</source>
        <translation>Gesamtvarianz über der Log-Moneyness</translation>
    </message>
    <message>
        <source>risk-neutral density of the underlying at expiry</source>
        <translation>risikoneutrale Dichte des Basiswerts bei Verfall</translation>
    </message>
    <message>
        <source>parameters of the Heston model over time</source>
        <translation>Parameter des Heston-Modells über der Zeit</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Heat map: moneyness across, expirations down</source>
        <translation>Wärmekarte: Moneyness waagrecht, Verfälle senkrecht</translation>
    </message>
    <message>
        <source>3-D</source>
        <translation>3-D</translation>
    </message>
    <message>
        <source>The surface as a body; drag to turn it</source>
        <translation>Die Fläche als Körper; ziehen dreht ihn</translation>
    </message>
    <message>
        <source>Smiles</source>
        <translation>Smiles</translation>
    </message>
    <message>
        <source>Quotes with their spreads, and the fitted curves</source>
        <translation>Kurse mit ihren Spannen und die angepassten Kurven</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>At-the-money volatility over time to expiry</source>
        <translation>Volatilität am Geld über der Laufzeit</translation>
    </message>
    <message>
        <source>Variance</source>
        <translation>Varianz</translation>
    </message>
    <message>
        <source>Total variance: curves that cross or bulge mean arbitrage</source>
        <translation>Gesamtvarianz: Kurven, die sich kreuzen oder beulen, bedeuten Arbitrage</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>What the prices say of where the underlying will be</source>
        <translation>Was die Preise darüber sagen, wo der Basiswert sein wird</translation>
    </message>
    <message>
        <source>Heston</source>
        <translation>Heston</translation>
    </message>
    <message>
        <source>The Heston model fitted to the chain, over time</source>
        <translation>Das an die Kette angepasste Heston-Modell über der Zeit</translation>
    </message>
    <message>
        <source>Log-moneyness along the axis instead of strikes, so that expirations compare</source>
        <translation>Log-Moneyness statt Strikes auf der Achse, damit Verfälle vergleichbar sind</translation>
    </message>
    <message>
        <source>Choose a symbol in the watchlist to see its volatility surface</source>
        <translation>Wählen Sie ein Symbol in der Watchlist, um seine Volatilitätsfläche zu sehen</translation>
    </message>
    <message>
        <source>Waiting for quotes of %1 options</source>
        <translation>Warte auf Kurse der Optionen auf %1</translation>
    </message>
    <message>
        <source>no arbitrage</source>
        <translation>arbitragefrei</translation>
    </message>
    <message numerus="yes">
        <source>%n violation(s)</source>
        <translation>
            <numerusform>%n Verletzung</numerusform>
            <numerusform>%n Verletzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>v₀ %1 · κ %2 · θ %3 · σ %4 · ρ %5 · error %6 vol points</source>
        <translation>v₀ %1 · κ %2 · θ %3 · σ %4 · ρ %5 · Fehler %6 Vol-Punkte</translation>
    </message>
    <message>
        <source>at the money</source>
        <translation>am Geld</translation>
    </message>
    <message>
        <source>%1 · one standard deviation ±%2 · straddle ±%3</source>
        <translation>%1 · eine Standardabweichung ±%2 · Straddle ±%3</translation>
    </message>
    <message>
        <source>How far %1 may go until %2, in dollars: about two thirds of outcomes stay within one standard deviation; the straddle is the mean move, either way. From the fitted curve: what the market charges for, not what it foresees.</source>
        <translation>Wie weit %1 bis %2 gehen kann, in Dollar: Etwa zwei Drittel der Ausgänge bleiben innerhalb einer Standardabweichung; der Straddle ist die mittlere Bewegung in beide Richtungen. Aus der angepassten Kurve: was der Markt berechnet, nicht was er voraussieht.</translation>
    </message>
    <message>
        <source> · trading time</source>
        <translation> · Handelszeit</translation>
    </message>
    <message>
        <source>The last fit took %1 ms.</source>
        <translation>Die letzte Anpassung dauerte %1 ms.</translation>
    </message>
    <message>
        <source>%1 · fit error %2 vol points · outside bid and ask: %3 of %4</source>
        <translation>%1 · Anpassungsfehler %2 Vol-Punkte · außerhalb Geld und Brief: %3 von %4</translation>
    </message>
    <message>
        <source>Of %1 quotes the fitted curve lies outside bid and ask at %2, in volatility. The fit error is the root mean square of the curve less the mids. %3</source>
        <translation>Bei %2 von %1 Kursen liegt die angepasste Kurve außerhalb von Geld und Brief, in Volatilität. Der Anpassungsfehler ist das quadratische Mittel von Kurve minus Mitte. %3</translation>
    </message>
    <message numerus="yes">
        <source>%n quote(s) lie outside what the networks were trained for and did not count.</source>
        <translation>
            <numerusform>%n Kurs liegt außerhalb dessen, wofür die Netze trainiert sind, und zählte nicht.</numerusform>
            <numerusform>%n Kurse liegen außerhalb dessen, wofür die Netze trainiert sind, und zählten nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>by networks: v₀ %1 · κ %2 · θ %3 · σ %4 · ρ %5 · error %6 vol points · %7 ms</source>
        <translation>von Netzen: v₀ %1 · κ %2 · θ %3 · σ %4 · ρ %5 · Fehler %6 Vol-Punkte · %7 ms</translation>
    </message>
    <message>
        <source>Fitted by the networks to %1 American prices as they are traded, out of the money, over the whole chain, weighted as for the other models, in %2 ms; the error is the root mean square, put into volatility.</source>
        <translation>Von den Netzen in %2 ms angepasst an %1 amerikanische Preise, wie sie gehandelt werden, aus dem Geld, über die ganze Kette, gewichtet wie für die anderen Modelle; der Fehler ist das quadratische Mittel, in Volatilität gesagt.</translation>
    </message>
    <message>
        <source> · at its limit: %1</source>
        <translation> · an der Grenze: %1</translation>
    </message>
    <message>
        <source>What is at its limit the quotes would have further out, or do not tell.</source>
        <translation>Was an seiner Grenze liegt, hätten die Quotierungen lieber weiter außen, oder sie sagen es nicht.</translation>
    </message>
    <message>
        <source>Variance now, speed of its return, variance in the long run, volatility of variance, and its correlation with the price; the error is the root mean square over the chain.</source>
        <translation>Varianz jetzt, Geschwindigkeit ihrer Rückkehr, Varianz auf lange Sicht, Volatilität der Varianz und ihre Korrelation mit dem Kurs; der Fehler ist das quadratische Mittel über die Kette.</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::WalkForwardPage</name>
    <message>
        <source>the days picked on and traded, and what was picked</source>
        <translation>die Tage der Wahl und des Handels, und was gewählt wurde</translation>
    </message>
    <message>
        <source>equity and drawdown of the days traded</source>
        <translation>Kapital und Rückgang der gehandelten Tage</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Im Zeitverlauf</translation>
    </message>
    <message>
        <source>Stretches</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>Assumptions</source>
        <translation>Annahmen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::WatchModel</name>
    <message>
        <source>bid %1, ask %2</source>
        <translation>Geld %1, Brief %2</translation>
    </message>
    <message>
        <source>stale: no fresh quote has arrived</source>
        <translation>veraltet: keine frische Quotierung ist eingetroffen</translation>
    </message>
    <message>
        <source>%1 last %2</source>
        <translation>%1 letzter %2</translation>
    </message>
    <message>
        <source>%1 change %2</source>
        <translation>%1 Änderung %2</translation>
    </message>
    <message>
        <source>symbol</source>
        <translation>Symbol</translation>
    </message>
    <message>
        <source>last</source>
        <translation>letzter</translation>
    </message>
    <message>
        <source>chg %</source>
        <translation>Änd. %</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::WatchlistPanel</name>
    <message>
        <source>Watchlist</source>
        <translation>Beobachtung</translation>
    </message>
    <message>
        <source>Add a symbol…</source>
        <translation>Symbol hinzufügen…</translation>
    </message>
    <message>
        <source>Symbol to add to the watchlist</source>
        <translation>Symbol für die Beobachtung</translation>
    </message>
    <message>
        <source>“%1” cannot be a symbol: a letter, then up to nine letters, digits, dots or slashes</source>
        <translation>„%1“ kann kein Symbol sein: ein Buchstabe, dann bis zu neun Buchstaben, Ziffern, Punkte oder Schrägstriche</translation>
    </message>
    <message>
        <source>Alert me when the price of %1…</source>
        <translation>Alarm bei Kurs von %1…</translation>
    </message>
    <message>
        <source>Alert me when the day&apos;s change of %1…</source>
        <translation>Alarm bei Tagesänderung von %1…</translation>
    </message>
    <message>
        <source>Take %1 off the list</source>
        <translation>%1 von der Liste nehmen</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::WaterfallPlot</name>
    <message>
        <source>total</source>
        <translation>gesamt</translation>
    </message>
    <message>
        <source>unexpl.</source>
        <comment>unexplained, short</comment>
        <translation>unerkl.</translation>
    </message>
    <message>
        <source>%1k</source>
        <comment>thousands of dollars, short</comment>
        <translation>%1k</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::WebhookRow</name>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>Test senden</translation>
    </message>
    <message>
        <source>Address of the webhook</source>
        <translation>Adresse des Webhooks</translation>
    </message>
    <message>
        <source>In the system&apos;s keychain: whoever knows the address can write there</source>
        <translation>Im Schlüsselbund des Systems: wer die Adresse kennt, kann dorthin schreiben</translation>
    </message>
    <message>
        <source>Posts a sentence there now, and says what came of it</source>
        <translation>Sendet jetzt einen Satz dorthin und sagt, was daraus wurde</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Rules that call the webhook send there from now on.</source>
        <translation>Regeln, die den Webhook aufrufen, senden ab jetzt dorthin.</translation>
    </message>
    <message>
        <source>Forgotten.</source>
        <translation>Vergessen.</translation>
    </message>
    <message>
        <source>● Sent, and taken.</source>
        <translation>● Gesendet und angenommen.</translation>
    </message>
    <message>
        <source>alerts go to %1</source>
        <translation>Alarme gehen an %1</translation>
    </message>
    <message>
        <source>none is set</source>
        <translation>keine gesetzt</translation>
    </message>
    <message>
        <source>▲ That is no address: it begins with http:// or https:// and names a host.</source>
        <translation>▲ Das ist keine Adresse: sie beginnt mit http:// oder https:// und nennt einen Host.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet…</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::WhatIfBar</name>
    <message>
        <source>what if ▾</source>
        <translation>was wenn ▾</translation>
    </message>
    <message>
        <source>reset</source>
        <translation>zurück</translation>
    </message>
    <message>
        <source>Move the underlying, its volatility and the date, and see the order there (Ctrl+I)</source>
        <translation>Basiswert, Volatilität und Datum verschieben und die Order dort sehen (Strg+I)</translation>
    </message>
    <message>
        <source>what if</source>
        <translation>was wenn</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Zurück zum Jetzt</translation>
    </message>
    <message>
        <source>What the order has made or lost there, against its price</source>
        <translation>Was die Order dort gegenüber ihrem Preis gewonnen oder verloren hat</translation>
    </message>
    <message>
        <source>what if: price of the underlying</source>
        <translation>was wenn: Kurs des Basiswerts</translation>
    </message>
    <message>
        <source>Price of the underlying, up to 20 % either way</source>
        <translation>Kurs des Basiswerts, bis 20 % nach beiden Seiten</translation>
    </message>
    <message>
        <source>what if: implied volatility</source>
        <translation>was wenn: implizite Volatilität</translation>
    </message>
    <message>
        <source>Points added to the implied volatility of every leg</source>
        <translation>Punkte, um die die implizite Volatilität jedes Beins steigt</translation>
    </message>
    <message>
        <source>what if: date</source>
        <translation>was wenn: Datum</translation>
    </message>
    <message>
        <source>From now to the first expiry</source>
        <translation>Von jetzt bis zum ersten Verfall</translation>
    </message>
    <message>
        <source>what if ▴</source>
        <translation>was wenn ▴</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>what if: price of the underlying, change</comment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>vol. %1 pts</source>
        <comment>what if: volatility points</comment>
        <translation>Vol. %1 Pkt.</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>at expiry</source>
        <translation>bei Verfall</translation>
    </message>
    <message numerus="yes">
        <source>%1 · in %n day(s)</source>
        <translation>
            <numerusform>%1 · in %n Tag</numerusform>
            <numerusform>%1 · in %n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>P&amp;L %1</source>
        <translation>G&amp;V %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::WorkspaceSwitch</name>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>Workspaces: save, rename, reset</source>
        <translation>Arbeitsbereiche: speichern, umbenennen, zurücksetzen</translation>
    </message>
    <message>
        <source>Workspace %1</source>
        <translation>Arbeitsbereich %1</translation>
    </message>
</context>
<context>
    <name>vegadesk::ui::Workspaces</name>
    <message>
        <source>a name of at most %1 letters</source>
        <translation>ein Name mit höchstens %1 Zeichen</translation>
    </message>
    <message>
        <source>a name that no other has</source>
        <translation>ein Name, den kein anderer hat</translation>
    </message>
    <message>
        <source>at most %1 of your own</source>
        <translation>höchstens %1 eigene</translation>
    </message>
    <message>
        <source>one of your own</source>
        <translation>einen eigenen</translation>
    </message>
</context>
<context>
    <name>vegadesk::watchdog::StopWindow</name>
    <message>
        <source>Stop: halt trading and cancel every working order</source>
        <translation>Stopp: Handel anhalten und jeden laufenden Auftrag stornieren</translation>
    </message>
    <message>
        <source>It has not answered yet.</source>
        <translation>Es hat noch nicht geantwortet.</translation>
    </message>
    <message>
        <source>It last answered at %1.</source>
        <translation>Es antwortete zuletzt um %1.</translation>
    </message>
    <message>
        <source>Vegadesk answers again</source>
        <translation>Vegadesk antwortet wieder</translation>
    </message>
    <message>
        <source>Its window shows what became of your orders. Trading stays halted until you resume it there.</source>
        <translation>Sein Fenster zeigt, was aus den Aufträgen wurde. Der Handel bleibt angehalten, bis er dort fortgesetzt wird.</translation>
    </message>
    <message>
        <source>Vegadesk does not answer</source>
        <translation>Vegadesk antwortet nicht</translation>
    </message>
    <message>
        <source>Its window has not answered for %1 s. %2 What runs behind it may trade on, and orders may fill.</source>
        <translation>Sein Fenster antwortet seit %1 s nicht. %2 Was dahinter läuft, kann weiter handeln, und Aufträge können ausgeführt werden.</translation>
    </message>
    <message>
        <source>Vegadesk does not end</source>
        <translation>Vegadesk endet nicht</translation>
    </message>
    <message>
        <source>It was asked to end a while ago and still runs. %1</source>
        <translation>Es wurde vor einer Weile gebeten zu enden und läuft noch. %1</translation>
    </message>
    <message>
        <source>Vegadesk has ended unexpectedly</source>
        <translation>Vegadesk endete unerwartet</translation>
    </message>
    <message>
        <source>%1 Orders that worked at the broker still do, and nobody looks after them here.</source>
        <translation>%1 Aufträge, die beim Broker liefen, laufen weiter, und hier sieht niemand nach ihnen.</translation>
    </message>
    <message>
        <source>%1 Its simulated exchange has ended with it: orders wait there until the next start.</source>
        <translation>%1 Seine simulierte Börse endete mit ihm: Aufträge warten dort bis zum nächsten Start.</translation>
    </message>
    <message>
        <source>Simulated exchange</source>
        <translation>Simulierte Börse</translation>
    </message>
    <message>
        <source>Certification, the broker&apos;s sandbox</source>
        <translation>Zertifizierung, die Sandbox des Brokers</translation>
    </message>
    <message>
        <source>The broker&apos;s sandbox, with production quotes</source>
        <translation>Die Sandbox des Brokers, mit echten Kursen</translation>
    </message>
    <message>
        <source>LIVE: real money</source>
        <translation>LIVE: echtes Geld</translation>
    </message>
    <message>
        <source>%1 · account %2</source>
        <translation>%1 · Konto %2</translation>
    </message>
    <message>
        <source>STOP halts trading and cancels every working order of the account, also those from elsewhere. What you hold stays as it is. Trading goes on when you resume it in Vegadesk.</source>
        <translation>STOPP hält den Handel an und storniert jeden laufenden Auftrag des Kontos, auch solche von anderswo. Der Bestand bleibt, wie er ist. Der Handel geht weiter, wenn er in Vegadesk fortgesetzt wird.</translation>
    </message>
    <message>
        <source>Asking the broker for working orders…</source>
        <translation>Der Broker wird nach laufenden Aufträgen gefragt…</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) still at work, being cancelled…</source>
        <translation>
            <numerusform>%n Auftrag läuft noch und wird storniert…</numerusform>
            <numerusform>%n Aufträge laufen noch und werden storniert…</numerusform>
        </translation>
    </message>
    <message>
        <source>No order is listed; asking once more…</source>
        <translation>Kein Auftrag ist gelistet; es wird noch einmal gefragt…</translation>
    </message>
    <message>
        <source>No working order remains, verified at %1</source>
        <translation>Kein Auftrag läuft mehr, bestätigt um %1</translation>
    </message>
    <message>
        <source>Vegadesk will start halted</source>
        <translation>Vegadesk startet angehalten</translation>
    </message>
    <message>
        <source>Before anything else it cancels the orders that wait at its simulated exchange.</source>
        <translation>Vor allem anderen storniert es die Aufträge, die an seiner simulierten Börse warten.</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) may still be at work</source>
        <translation>
            <numerusform>%n Auftrag läuft vielleicht noch</numerusform>
            <numerusform>%n Aufträge laufen vielleicht noch</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not known which orders are at work</source>
        <translation>Es ist nicht bekannt, welche Aufträge laufen</translation>
    </message>
    <message>
        <source>Cancel them on the broker&apos;s own page.</source>
        <translation>Auf der Seite des Brokers stornieren.</translation>
    </message>
    <message numerus="yes">
        <source>The broker&apos;s list was read %n time(s).</source>
        <translation>
            <numerusform>Die Liste des Brokers wurde %n-mal gelesen.</numerusform>
            <numerusform>Die Liste des Brokers wurde %n-mal gelesen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cancel(s) sent.</source>
        <translation>
            <numerusform>%n Storno gesendet.</numerusform>
            <numerusform>%n Stornos gesendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>In the way: %1.</source>
        <translation>Hindernis: %1.</translation>
    </message>
    <message>
        <source>Trading is halted until you resume it in Vegadesk.</source>
        <translation>Der Handel ist angehalten, bis er in Vegadesk fortgesetzt wird.</translation>
    </message>
    <message>
        <source>Vegadesk could not be told to halt: it may send new orders when it answers again. %1.</source>
        <translation>Vegadesk ließ sich nicht anhalten: Es kann neue Aufträge senden, wenn es wieder antwortet. %1.</translation>
    </message>
    <message>
        <source>STOP again · F12</source>
        <translation>Noch einmal STOPP · F12</translation>
    </message>
    <message>
        <source>STOP · F12</source>
        <translation>STOPP · F12</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>Weglegen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
</TS>
