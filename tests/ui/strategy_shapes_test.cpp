#include "ui/models/strategy_shapes.h"
#include "ui/models/words.h"

#include <QTest>

using namespace vegadesk;

namespace
{
/// "1 P545/12 -1 P555/12": quantity, right, strike, month; "100 S" is stock.
std::vector<ui::StagedLeg> legsFrom(const QString& words)
{
    std::vector<ui::StagedLeg> legs;
    const QStringList parts = words.split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i + 1 < parts.size(); i += 2) {
        ui::StagedLeg leg;
        leg.underlying = "SPY";
        leg.quantity = parts[i].toInt();
        leg.symbol = parts[i + 1].toStdString();
        if (parts[i + 1] != QLatin1String("S")) {
            const QStringList terms = parts[i + 1].mid(1).split(u'/');
            leg.option = market::OptionTerms{"SPY", base::makeDate(2026, terms[1].toUInt(), 18),
                                             parts[i + 1][0] == u'C' ? market::Right::Call : market::Right::Put,
                                             base::Decimal::fromInteger(terms[0].toInt())};
        } else {
            leg.type = market::InstrumentType::Equity;
        }
        legs.push_back(leg);
    }
    return legs;
}
} // namespace

class StrategyShapesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesShapes_data();
    void namesShapes();
    void countsUnits();
    void namesWhatAnOrderDoes_data();
    void namesWhatAnOrderDoes();
};

void StrategyShapesTest::namesShapes_data()
{
    QTest::addColumn<QString>("legs");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* legs, const char* name) {
        QTest::newRow(legs) << QString::fromLatin1(legs) << QString::fromLatin1(name);
    };
    row("", "");
    row("7 C585/12", "Long call");
    row("-1 P585/12", "Short put");
    row("100 S", "Long stock");
    row("-3 S", "Short stock");
    row("1 C585/12 -1 C590/12", "Call debit spread");
    row("-2 C585/12 2 C590/12", "Call credit spread");
    row("-1 P555/12 1 P545/12", "Put credit spread");
    row("1 P555/12 -1 P545/12", "Put debit spread");
    row("1 P555/12 1 C555/12", "Long straddle");
    row("-1 C610/12 -1 P555/12", "Short strangle");
    row("1 P545/12 -1 P555/12 -1 C610/12 1 C620/12", "Iron condor");
    row("5 C620/12 -5 C610/12 -5 P555/12 5 P545/12", "Iron condor");
    row("-1 P545/12 1 P555/12 1 C610/12 -1 C620/12", "Reverse iron condor");
    row("1 P545/12 -1 P585/12 -1 C585/12 1 C620/12", "Iron butterfly");
    row("1 C580/12 -2 C585/12 1 C590/12", "Call butterfly");
    row("-2 P585/12 1 P580/12 1 P590/12", "Put butterfly");
    row("-1 C585/11 1 C585/12", "Call calendar");
    row("1 P585/11 -1 P585/12", "Short put calendar");
    row("1 C580/12 -1 C590/11", "Call diagonal");
    row("-1 C585/12 2 C590/12", "Call backspread");
    row("100 S -1 C590/12", "Covered call");
    row("200 S -2 C590/12", "Covered call");
    row("100 S 1 P560/12 -1 C600/12", "Collar");
    row("150 S -1 C590/12", "");
    row("1 C585/12 3 C590/12", "");
    row("1 P545/12 -1 P555/12 -1 C610/12 2 C620/12", "");
}

void StrategyShapesTest::namesShapes()
{
    QFETCH(const QString, legs);
    QFETCH(const QString, name);
    QCOMPARE(ui::strategyName(legsFrom(legs)), name);
}

void StrategyShapesTest::countsUnits()
{
    QCOMPARE(ui::strategyUnits(legsFrom(QStringLiteral("-3 P555/12 3 P545/12"))), std::optional<std::int64_t>(3));
    QCOMPARE(ui::strategyUnits(legsFrom(QStringLiteral("200 S -2 C610/12"))), std::optional<std::int64_t>(2));
    QCOMPARE(ui::strategyUnits(legsFrom(QStringLiteral("3 C585/12 1 C590/12"))), std::nullopt);
    QCOMPARE(ui::strategyUnits({}), std::nullopt);
}

void StrategyShapesTest::namesWhatAnOrderDoes_data()
{
    using enum portfolio::OrderEffect;
    QTest::addColumn<QString>("closing");
    QTest::addColumn<QString>("opening");
    QTest::addColumn<int>("effect");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* closing, const char* opening, std::optional<portfolio::OrderEffect> effect,
                        const char* name) {
        QTest::addRow("%s, %s: %s", closing, opening, name)
            << QString::fromLatin1(closing) << QString::fromLatin1(opening) << (effect ? static_cast<int>(*effect) : -1)
            << QString::fromLatin1(name);
    };
    row("", "1 C585/12", Opens, "Long call");
    row("", "1 C585/12", std::nullopt, "Long call");
    row("-1 C585/12", "", Closes, "Closes long call");
    row("1 C585/12", "", Closes, "Closes short call");
    row("1 C585/12", "", Reduces, "Reduces short call");
    row("1 C585/12", "", std::nullopt, ""); // not known yet, and no long call
    row("-100 S", "", Closes, "Closes long stock");
    row("-1 P540/12 1 P550/12 1 C600/12 -1 C610/12", "", Closes, "Closes iron condor");
    row("1 P555/12", "-1 P545/12", Rolls, "Rolls short put");
    row("1 P555/12 -1 P545/12", "-1 P555/11 1 P545/11", Rolls, "Rolls put credit spread");
    row("1 P555/12", "2 C600/12", Changes, "Closes short put, opens long call");
    row("1 P555/12 3 C600/12", "", Closes, "Closes position");
}

void StrategyShapesTest::namesWhatAnOrderDoes()
{
    QFETCH(const QString, closing);
    QFETCH(const QString, opening);
    QFETCH(const int, effect);
    QFETCH(const QString, name);
    std::vector<ui::StagedLeg> legs = legsFrom(closing);
    for (ui::StagedLeg& leg : legs)
        leg.isClosing = true;
    const std::vector<ui::StagedLeg> opened = legsFrom(opening);
    legs.insert(legs.end(), opened.begin(), opened.end());
    QCOMPARE(
        ui::orderName(legs, effect < 0 ? std::nullopt : std::optional(static_cast<portfolio::OrderEffect>(effect))),
        name);
}

QTEST_GUILESS_MAIN(StrategyShapesTest)
#include "strategy_shapes_test.moc"
