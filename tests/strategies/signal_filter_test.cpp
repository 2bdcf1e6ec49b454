#include "strategies/signal_filter.h"

#include "base/parameters.h"

#include <QTest>

using namespace vegadesk;
using namespace vegadesk::strategies;

namespace
{

/// Stays out for a reason of its own.
class Willing final : public Strategy
{
public:
    std::string_view name() const override { return "willing"; }
    const base::Parameters& parameters() const override { return m_parameters; }
    Candidates candidates(const StrategyState&) const override { return noEntry("it was asked"); }
    std::vector<Proposal> exit(const StrategyState&) const override { return {}; }
    std::vector<Proposal> hedge(const StrategyState&) const override { return {}; }

private:
    const base::Parameters m_parameters{{}};
};

std::string whyNot(const StrategyState& state, const std::optional<SignalRule>& filter)
{
    return entryWithin(Willing(), state, filter).error().reason;
}

} // namespace

class SignalFilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyStrategyWaitsForIt()
    {
        const SignalRule rule{"calm", 0.55, 0.9};
        StrategyState state;
        QCOMPARE(whyNot(state, std::nullopt), std::string("it was asked"));
        QCOMPARE(whyNot(state, rule), std::string("the signal calm is not known"));
        const SignalGaps gaps{{"calm", "it was trained on days until 2024-01-04: no forecast"}};
        state.signalGaps = &gaps;
        QCOMPARE(whyNot(state, rule),
                 std::string("the signal calm is not known: it was trained on days until 2024-01-04: no forecast"));
        Signals signals{{"calm", 0.5}};
        state.signals = &signals;
        QCOMPARE(whyNot(state, rule), std::string("the signal calm is below 0.55"));
        signals["calm"] = 0.95;
        QCOMPARE(whyNot(state, rule), std::string("the signal calm is above 0.9"));
        signals["calm"] = 0.55;
        QCOMPARE(whyNot(state, rule), std::string("it was asked"));
    }

    void itsWordsAreReadAndWritten()
    {
        const auto read = filterOf({{"delta", "0.3"}, {"signal", "calm"}, {"signal_least", "0.55"}});
        QVERIFY(read && *read);
        QCOMPARE((*read)->name, std::string("calm"));
        QCOMPARE((*read)->least, 0.55);
        QCOMPARE(filterOf(wordsOf(*read)).value(), *read);
        QCOMPARE(describe(**read), std::string("the signal calm at least 0.55"));
        const auto none = filterOf({{"delta", "0.3"}});
        QVERIFY(none && !*none && wordsOf(std::nullopt).empty());
    }

    void badWordsAreNamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("least");
        QTest::addColumn<QString>("most");
        QTest::addColumn<QString>("said");
        QTest::newRow("no bound") << "calm" << "" << "" << "signal_least, signal_most or both";
        QTest::newRow("the account's own") << "beta" << "0.5" << "" << "the name of a model";
        QTest::newRow("no name") << "" << "0.5" << "" << "whose bounds";
        QTest::newRow("above one") << "calm" << "55" << "" << "signal_least \"55\"";
        QTest::newRow("no number") << "calm" << "nan" << "" << "0 to 1";
        QTest::newRow("the wrong way round") << "calm" << "0.6" << "0.4" << "not below signal_least";
    }

    void badWordsAreNamed()
    {
        QFETCH(QString, name);
        QFETCH(QString, least);
        QFETCH(QString, most);
        QFETCH(QString, said);
        Words words;
        for (const auto& [word, text] : {std::pair{"signal", name}, {"signal_least", least}, {"signal_most", most}})
            if (!text.isEmpty())
                words.emplace_back(word, text.toStdString());
        const auto refused = filterOf(words);
        QVERIFY(!refused);
        QVERIFY2(QString::fromStdString(refused.error().message()).contains(said), refused.error().message().c_str());
    }

    void modelsAreWhatTheBookDoesNotTell()
    {
        StrategyInfo info;
        info.signals = {"trend", "beta", "book_beta_dollars"};
        QCOMPARE(signalNames(info, SignalRule{"calm", 0.5}), (std::vector<std::string>{"calm", "trend"}));
        QCOMPARE(signalNames(info, SignalRule{"trend", 0.5}), std::vector<std::string>{"trend"});
        QVERIFY(signalNames(StrategyInfo{}, std::nullopt).empty());
    }

    /// A parameter of such a name would be taken for a filter, or a filter for it.
    void noStrategyHasAParameterNamedLikeAFilter()
    {
        for (const StrategyInfo& info : registry()) {
            for (const base::ParameterSpec& spec : info.parameters)
                QVERIFY2(!isFilterWord(spec.name), (info.name + ": " + spec.name).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(SignalFilterTest)
#include "signal_filter_test.moc"
