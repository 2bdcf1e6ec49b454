#include "faults/scenario.h"

#include <QFile>
#include <QtTest>

#include <set>

using namespace vegadesk;
using namespace vegadesk::faults;

class FaultScenariosTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsPlayed();
    void theSameSeedIsTheSameStory();
    void scenario_data();
    void scenario();
};

void FaultScenariosTest::everyRowIsPlayed()
{
    const std::vector<FaultRow>& table = faultTable();
    QCOMPARE(table.size(), 24U);
    std::set<std::string> names;
    for (std::size_t i = 0; i < table.size(); ++i) {
        QCOMPARE(table[i].number, static_cast<int>(i) + 1);
        QVERIFY2(!table[i].scenarios.empty(), table[i].fault);
        for (const Scenario& scenario : table[i].scenarios) {
            QVERIFY2(names.insert(scenario.name).second, scenario.name);
            QVERIFY2(scenario.seeds >= 20, scenario.name);
        }
        for (const char* const file : table[i].elsewhere)
            QVERIFY2(QFile::exists(QStringLiteral(VEGADESK_SOURCE_DIR "/") + QString::fromLatin1(file)), file);
    }
}

/// Or a failure could not be replayed.
void FaultScenariosTest::theSameSeedIsTheSameStory()
{
    for (const FaultRow& row : faultTable()) {
        std::vector<std::string> stories[2];
        for (std::vector<std::string>& story : stories) {
            World world(7);
            row.scenarios.front().run(world);
            story = world.story;
        }
        QVERIFY2(stories[0] == stories[1], row.fault);
    }
}

void FaultScenariosTest::scenario_data()
{
    QTest::addColumn<const FaultRow*>("row");
    QTest::addColumn<int>("index");
    for (const FaultRow& row : faultTable()) {
        for (std::size_t i = 0; i < row.scenarios.size(); ++i)
            QTest::addRow("%d %s", row.number, row.scenarios[i].name) << &row << static_cast<int>(i);
    }
}

void FaultScenariosTest::scenario()
{
    QFETCH(const FaultRow*, row);
    QFETCH(int, index);
    const Scenario& scenario = row->scenarios.at(static_cast<std::size_t>(index));
    const std::string wrong = runSeeds(scenario.name, scenario.seeds, scenario.run);
    QVERIFY2(wrong.empty(), wrong.c_str());
}

QTEST_GUILESS_MAIN(FaultScenariosTest)
#include "scenarios_test.moc"
