#include "desk/attribution_file.h"

#include "market/symbols.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vegadesk;
using portfolio::AttributedTrade;
using portfolio::Attribution;
using portfolio::AttributionSpan;
using portfolio::MarkedPosition;
using portfolio::Marking;

namespace
{

MarkedPosition option(double mark, double spot, double volatility, base::Quantity quantity = -2)
{
    MarkedPosition position;
    position.symbol = "SPY   261218C00600000";
    position.group = "iron_condor:SPY:20261119T150000";
    position.underlying = "SPY";
    position.quantity = quantity;
    position.multiplier = 100;
    position.option = *market::parseOccSymbol(position.symbol);
    position.style = market::ExerciseStyle::European;
    position.mark = mark;
    position.spot = spot;
    position.rate = 0.04;
    position.years = 29.0 / 365;
    position.volatility = volatility;
    return position;
}

MarkedPosition shares(double mark)
{
    MarkedPosition position;
    position.symbol = position.underlying = "XYZ";
    position.quantity = *base::Quantity::parse("10.5");
    position.mark = position.spot = mark;
    return position;
}

base::Instant at(int minute)
{
    return *base::parseInstant("2026-11-19T15:00:00Z") + std::chrono::minutes(minute);
}

/// With everything in it that a state can hold: a gap, a trade, what is not known.
Attribution someAttribution()
{
    Attribution attribution(Marking{at(0), {option(11.2, 600, 0.15), shares(50)}});
    AttributedTrade trade;
    trade.symbol = "SPY   261218C00600000";
    trade.group = "iron_condor:SPY:20261119T150000";
    trade.underlying = "SPY";
    trade.multiplier = 100;
    trade.quantity = 1;
    trade.price = *base::Decimal::parse("11.35");
    trade.fees = *base::Decimal::parse("0.12");
    attribution.advance(Marking{at(1), {option(11.9, 601, 0.152, -1), shares(market::unknown)}}, std::vector{trade});
    return attribution;
}

} // namespace

class AttributionFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOnAsItWas()
    {
        const QString file = m_folder.filePath(QStringLiteral("a.json"));
        Attribution before = someAttribution();
        QVERIFY(desk::writeAttribution(file, before.state()));
        const QFile::Permissions ours = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
        QCOMPARE(QFile(file).permissions() & ~ours, QFile::Permissions());
        auto kept = desk::readAttribution(file);
        QVERIFY2(kept, kept ? "" : kept.error().message().c_str());
        QVERIFY(kept->has_value());
        Attribution after(**kept);
        const Marking next{at(2), {option(10.4, 598, 0.149, -1), shares(50.25)}};
        before.advance(next);
        after.advance(next);
        for (const AttributionSpan span : {AttributionSpan::Today, AttributionSpan::SinceEntry}) {
            const portfolio::AttributionReport one = before.report(span), other = after.report(span);
            QCOMPARE(other.positions.size(), one.positions.size());
            for (std::size_t i = 0; i < one.positions.size(); ++i) {
                QCOMPARE(other.positions[i].parts, one.positions[i].parts);
                QCOMPARE(other.positions[i].gap, one.positions[i].gap);
                QCOMPARE(other.positions[i].since, one.positions[i].since);
            }
            QVERIFY(one.book.parts.total() != base::Decimal{});
        }
    }

    void aFileThatIsNotThereIsNothing()
    {
        const auto kept = desk::readAttribution(m_folder.filePath(QStringLiteral("none.json")));
        QVERIFY(kept && !kept->has_value());
    }

    void whatIsNoneOfOursIsSaid_data()
    {
        QTest::addColumn<QByteArray>("find");
        QTest::addColumn<QByteArray>("replace");
        QTest::addColumn<QString>("expected"); // in the message
        QTest::newRow("not JSON") << QByteArray("{") << QByteArray("") << QString();
        QTest::newRow("another version") << QByteArray("\"version\":1") << QByteArray("\"version\":2")
                                         << QStringLiteral("version");
        QTest::newRow("a quantity") << QByteArray("\"held\":\"-1\"") << QByteArray("\"held\":\"many\"")
                                    << QStringLiteral("held");
        QTest::newRow("a part") << QByteArray("\"today\":[\"") << QByteArray("\"today\":[\"x")
                                << QStringLiteral("today");
        QTest::newRow("a moment") << QByteArray("\"from\":\"") << QByteArray("\"from\":\"x") << QStringLiteral("from");
        QTest::newRow("a multiplier") << QByteArray("\"multiplier\":100") << QByteArray("\"multiplier\":0")
                                      << QStringLiteral("multiplier");
        QTest::newRow("a gap") << QByteArray("\"waits-for\":1") << QByteArray("\"waits-for\":9")
                               << QStringLiteral("waits-for");
    }
    void whatIsNoneOfOursIsSaid()
    {
        QFETCH(QByteArray, find);
        QFETCH(QByteArray, replace);
        QFETCH(QString, expected);
        const QString name = m_folder.filePath(QStringLiteral("bad.json"));
        QVERIFY(desk::writeAttribution(name, someAttribution().state()));
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        QVERIFY(text.contains(find));
        text.replace(find, replace);
        file.resize(0);
        file.seek(0);
        file.write(text);
        file.close();
        const auto kept = desk::readAttribution(name);
        QVERIFY(!kept);
        QCOMPARE(kept.error().kind, base::ErrorKind::Storage);
        QVERIFY2(QString::fromStdString(kept.error().message()).contains(expected), kept.error().message().c_str());
    }

    void aFolderThatIsNotThereIsSaid()
    {
        QVERIFY(!desk::writeAttribution(m_folder.filePath(QStringLiteral("none/a.json")), someAttribution().state()));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(AttributionFileTest)
#include "test_attribution_file.moc"
