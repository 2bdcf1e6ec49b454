#include "backtest/borrowed_sources.h"
#include "backtest/engine_runs.h"
#include "backtest/session.h"
#include "history/importers.h"
#include "history/store/chain_recorder.h"
#include "market/calendar.h"
#include "pricing/simd_path.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace vegadesk;
using namespace vegadesk::tests;
using backtest::Decision;

namespace
{

constexpr double capital = 100'000;
constexpr auto beat = std::chrono::seconds(1); ///< a live loop is stepped so often, whatever the market does

/// The loop as it runs live: pictures when they come, a step every second, a broker that answers in between. It notes what was
/// decided and filled, and keeps every picture that it saw.
class LiveDay final : private trading::LoopObserver
{
public:
    LiveDay(const backtest::Config& config, const std::string& underlying, base::Instant start,
            std::vector<double> closes)
        : m_clock(start),
          m_broker({base::Decimal::fromDouble(capital).value(), config.fills, config.latency, config.realism}, m_clock),
          m_loop(settings(), risk::limitsFor(config.tolerance), m_broker, m_journal, m_clock)
    {
        m_loop.addObserver(this);
        market::Instrument instrument;
        instrument.symbol = instrument.streamerSymbol = instrument.underlying = underlying;
        m_loop.addUnderlying(instrument);
        m_loop.start({});
        pump();
        const auto info = strategies::find(config.strategy).value();
        if (const auto armed = m_loop.arm(info->make(config.parameters), underlying); !armed)
            qFatal("%s", armed.error().message().c_str());
        m_loop.setDailyCloses(underlying, std::move(closes));
    }
    ~LiveDay() override { m_loop.removeObserver(this); }

    void show(const market::OptionChain& chain)
    {
        while (m_clock.now() + beat < chain.at) {
            m_clock.advance(beat);
            m_loop.step();
            pump();
        }
        m_clock.set(chain.at);
        const auto shown = std::make_shared<const market::OptionChain>(chain);
        m_loop.onMarket(shown, std::make_shared<const pricing::ChainAnalytics>(pricing::analyse(chain, chain.at, {})));
        m_broker.quote(shown, shown->spot());
        pump();
        m_loop.step();
        pump();
        recorded.push_back(chain);
    }

    std::vector<market::OptionChain> recorded;
    std::vector<Decision> decisions;

private:
    static trading::LoopSettings settings()
    {
        trading::LoopSettings settings;
        settings.orders.idPrefix = "live";
        settings.orders.positionsLag = base::Nanos{0};
        return settings;
    }
    void pump()
    {
        while (m_broker.deliver() > 0) {
        }
    }
    void onProposal(std::string_view, const strategies::Proposal& proposal) override
    {
        decisions.push_back({m_clock.now(), "proposal", proposal.reason + ": " + backtest::describe(proposal.intent)});
    }
    void onFill(const execution::Order&, const portfolio::Fill& fill) override
    {
        decisions.push_back({fill.at, "fill",
                             std::string(portfolio::toWire(fill.action)) + " " + fill.quantity.toString() + " " +
                                 fill.symbol + " at " + fill.price.toString()});
    }

    base::ManualClock m_clock;
    base::MemoryJournal m_journal;
    backtest::SimulatedBroker m_broker;
    trading::Loop m_loop;
};

/// A run's proposals and fills in the words of the live day.
std::vector<Decision> comparable(std::vector<Decision> decisions)
{
    for (Decision& decision : decisions) {
        if (decision.kind == "entry" || decision.kind == "hedge" || decision.kind == "exit")
            decision.kind = "proposal";
    }
    std::erase_if(decisions, [](const Decision& each) { return each.kind != "proposal" && each.kind != "fill"; });
    return decisions;
}

/// Recorded quotes, and the closes of the days before from elsewhere.
class KnownCloses final : public tests::BorrowedSource
{
public:
    KnownCloses(history::ChainSource& quotes, history::ChainSource& facts) : BorrowedSource(quotes), m_facts(facts) {}
    std::vector<history::DailyClose> closes(base::Date from, base::Date to) override
    {
        return m_facts.closes(from, to);
    }

private:
    history::ChainSource& m_facts;
};

} // namespace

class ParityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRecordedDayGivesTheDecisionsOfTheLiveOne_data();
    void aRecordedDayGivesTheDecisionsOfTheLiveOne();
};

void ParityTest::aRecordedDayGivesTheDecisionsOfTheLiveOne_data()
{
    QTest::addColumn<QString>("strategy");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QString>("value");
    QTest::addColumn<std::size_t>("fillsLeast");
    QTest::newRow("gamma scalping hedges through the day")
        << "gamma_scalping" << "price_room" << "0.003" << std::size_t(3);
    QTest::newRow("a condor is entered") << "iron_condor" << "min_credit" << "0.05" << std::size_t(4);
}

void ParityTest::aRecordedDayGivesTheDecisionsOfTheLiveOne()
{
    QFETCH(QString, strategy);
    QFETCH(QString, parameter);
    QFETCH(QString, value);
    QFETCH(std::size_t, fillsLeast);
    const pricing::SimdPathPin samePath(pricing::SimdPath::Baseline); // as a run pins it
    const base::Date date = base::makeDate(2023, 3, 1);
    const auto market = history::GeneratedChainSource::make("AAPL", date, date, 4, 200).value();
    backtest::Config config = configFor(strategy.toStdString(), {{parameter.toStdString(), value.toStdString()}});
    if (strategy == QLatin1String("gamma_scalping")) { // often enough for a day
        QVERIFY(config.parameters.setText("entry", "always"));
        QVERIFY(config.parameters.setText("hedge", "fixed_band"));
        QVERIFY(config.parameters.setText("delta_band", "0.1"));
    }
    config.capital = capital;
    config.tolerance = risk::Tolerance::High;
    config.withSensitivity = false;
    const std::vector<history::DailyClose> closes =
        market->closes(date - std::chrono::days(400), date - std::chrono::days(1));
    std::vector<double> known;
    for (const history::DailyClose& close : closes)
        known.push_back(close.close);

    market::OptionChain chain;
    QVERIFY(*market->next(chain));
    LiveDay live(config, "AAPL", chain.at, known);
    constexpr std::size_t pictures = 70; // every 108 seconds for two hours
    do {
        live.show(chain);
    } while (live.recorded.size() < pictures && *market->next(chain));
    QCOMPARE(live.recorded.size(), pictures);

    const QTemporaryDir folder;
    {
        history::ChainRecorder recorder(folder.path().toStdString(), live.recorded.size() + 1);
        for (const market::OptionChain& seen : live.recorded)
            QVERIFY(recorder.take(seen));
    }
    const auto kept = history::openRecordedChains(folder.path().toStdString());
    QVERIFY2(kept, kept ? "" : kept.error().message().c_str());
    KnownCloses recording(**kept, *market);
    const auto report = backtest::run(config, recording);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    const std::vector<Decision> replayed = comparable(report->decisions);
    const auto fills = static_cast<std::size_t>(std::ranges::count(replayed, "fill", &Decision::kind));
    QVERIFY2(fills >= fillsLeast, qPrintable(QString::number(fills)));
    for (std::size_t i = 0; i < std::min(replayed.size(), live.decisions.size()); ++i) {
        const Decision &ours = replayed[i], &theirs = live.decisions[i];
        QVERIFY2(ours == theirs, (base::formatInstant(ours.at) + " " + ours.text + " against " +
                                  base::formatInstant(theirs.at) + " " + theirs.text)
                                     .c_str());
    }
    QCOMPARE(replayed.size(), live.decisions.size());
}

QTEST_GUILESS_MAIN(ParityTest)
#include "parity_test.moc"
