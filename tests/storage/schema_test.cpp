#include "storage/schema.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace vegadesk;
using storage::Database;
using storage::SchemaStep;
using storage::schemaVersion;
using storage::upgradeSchema;

class SchemaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void stepsAreTakenOnce();
    void oldFileKeepsItsRows();
    void failedStepLeavesTheVersionBefore();
    void newerFileIsNotTouched();

private:
    QString count(const char* table)
    {
        QSqlQuery query(QStringLiteral("SELECT count(*) FROM ") + QLatin1String(table), m_database->connection());
        return query.next() ? query.value(0).toString() : query.lastError().databaseText();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
};

void SchemaTest::init()
{
    m_database.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto database = Database::open(
        {.file = m_folder->filePath(QStringLiteral("any.sqlite")).toStdString(), .connection = "schema"});
    QVERIFY(database);
    m_database = std::move(*database);
}

void SchemaTest::stepsAreTakenOnce()
{
    const std::vector<SchemaStep> steps{{{"CREATE TABLE a (x)"}}, {{"INSERT INTO a VALUES (1)"}}};
    QCOMPARE(schemaVersion(*m_database).value_or(-1), 0);
    for (int repeat = 0; repeat < 3; ++repeat) {
        QVERIFY(upgradeSchema(*m_database, steps));
        QCOMPARE(schemaVersion(*m_database).value_or(-1), 2);
        QCOMPARE(count("a"), QStringLiteral("1"));
        QCOMPARE(count("schema_version"), QStringLiteral("1"));
    }
}

void SchemaTest::oldFileKeepsItsRows()
{
    std::vector<SchemaStep> steps{{{"CREATE TABLE a (x)"}}};
    QVERIFY(upgradeSchema(*m_database, steps));
    QVERIFY(m_database->execute(QStringLiteral("INSERT INTO a VALUES (41)")));
    steps.push_back({{"ALTER TABLE a ADD COLUMN y NOT NULL DEFAULT 7", "UPDATE a SET x = x + 1"}});
    QVERIFY(upgradeSchema(*m_database, steps));
    QSqlQuery query(QStringLiteral("SELECT x, y FROM a"), m_database->connection());
    QVERIFY(query.next());
    QCOMPARE(query.value(0).toInt(), 42);
    QCOMPARE(query.value(1).toInt(), 7);
}

void SchemaTest::failedStepLeavesTheVersionBefore()
{
    const std::vector<SchemaStep> steps{
        {{"CREATE TABLE a (x)"}},
        {{"CREATE TABLE b (x)"}},
        {{"INSERT INTO b VALUES (1)", "DROP TABLE a", "INSERT INTO missing VALUES (1)"}}};
    const auto upgraded = upgradeSchema(*m_database, steps);
    QVERIFY(!upgraded);
    QVERIFY2(upgraded.error().message().find("no such table: missing") != std::string::npos,
             upgraded.error().message().c_str());
    QCOMPARE(schemaVersion(*m_database).value_or(-1), 2);
    QCOMPARE(count("a"), QStringLiteral("0"));
    QCOMPARE(count("b"), QStringLiteral("0"));
    QVERIFY(upgradeSchema(*m_database, std::span(steps).first(2)));
}

void SchemaTest::newerFileIsNotTouched()
{
    const std::vector<SchemaStep> steps{{{"CREATE TABLE a (x)"}}, {{"CREATE TABLE b (x)"}}};
    QVERIFY(upgradeSchema(*m_database, steps));
    const auto refused = upgradeSchema(*m_database, std::span(steps).first(1));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, base::ErrorKind::Storage);
    QVERIFY2(refused.error().message().find("schema version 2, this one knows 1") != std::string::npos,
             refused.error().message().c_str());
    QCOMPARE(schemaVersion(*m_database).value_or(-1), 2);
}

QTEST_GUILESS_MAIN(SchemaTest)
#include "schema_test.moc"
