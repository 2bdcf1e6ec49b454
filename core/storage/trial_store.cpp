#include "storage/trial_store.h"

#include "storage/database.h"
#include "storage/schema.h"

#include <QFile>

#include <array>
#include <cmath>

namespace vegadesk::storage
{

namespace
{

constexpr std::chrono::milliseconds busyTimeout{20'000}; ///< shards of a sweep take turns

const std::array<SchemaStep, 2>& schema()
{
    static const std::array<SchemaStep, 2> steps{
        SchemaStep{{"CREATE TABLE trials ("
                    " content PRIMARY KEY, family NOT NULL, settings NOT NULL, metrics NOT NULL, daily_sharpe REAL,"
                    " at_ns INTEGER NOT NULL) WITHOUT ROWID",
                    "CREATE INDEX trials_by_family ON trials (family)"}},
        // Recorded quotes were counted folder by folder: "… on SPX, recorded quotes of SPX in /data".
        SchemaStep{
            {"WITH named AS (SELECT content, family, instr(family, ', recorded quotes of ') AS origin FROM trials)"
             " UPDATE trials SET family = (SELECT substr(family, 1, origin - 1 + instr(substr(family, origin),"
             " ' in /') - 1) FROM named WHERE named.content = trials.content)"
             " WHERE content IN (SELECT content FROM named WHERE origin > 0"
             " AND instr(substr(family, origin), ' in /') > 0)"}}};
    return steps;
}

constexpr auto columns = "content, family, settings, metrics, daily_sharpe, at_ns";

StoredTrial trialFrom(const QSqlQuery& query)
{
    StoredTrial trial;
    trial.content = fromColumn(query.value(0));
    trial.family = fromColumn(query.value(1));
    trial.settings = fromColumn(query.value(2));
    trial.metrics = fromColumn(query.value(3));
    if (!query.value(4).isNull())
        trial.dailySharpe = query.value(4).toDouble();
    trial.at = base::Instant(base::Nanos(query.value(5).toLongLong()));
    return trial;
}

base::Result<std::vector<StoredTrial>> read(Database& database, QSqlQuery& query)
{
    if (const auto done = database.execute(query); !done)
        return tl::make_unexpected(done.error());
    std::vector<StoredTrial> trials;
    while (query.next())
        trials.push_back(trialFrom(query));
    if (query.lastError().isValid())
        return tl::make_unexpected(database.error("read", query.lastError()));
    return trials;
}

base::Result<std::vector<StoredTrial>> select(Database& database, const QString& where, std::string_view value)
{
    auto query = database.prepare(
        QStringLiteral("SELECT %1 FROM trials %2 ORDER BY content").arg(QLatin1String(columns), where));
    if (!query)
        return tl::make_unexpected(query.error());
    if (!where.isEmpty())
        query->addBindValue(toColumn(value));
    return read(database, *query);
}

} // namespace

TrialStore::TrialStore(std::unique_ptr<Database> database) : m_database(std::move(database)) {}

TrialStore::~TrialStore() = default;

base::Result<std::unique_ptr<TrialStore>> TrialStore::open(const std::string& file)
{
    auto database = Database::open({file, "trials", Durability::Checkpoints, busyTimeout});
    if (!database)
        return tl::make_unexpected(database.error());
    if (const auto upgraded = upgradeSchema(**database, schema()); !upgraded)
        return tl::make_unexpected(upgraded.error());
    return std::unique_ptr<TrialStore>(new TrialStore(std::move(*database)));
}

base::Result<bool> TrialStore::add(const StoredTrial& trial)
{
    auto query = m_database->prepare(
        QStringLiteral("INSERT INTO trials (%1) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (content) DO NOTHING")
            .arg(QLatin1String(columns)));
    if (!query)
        return tl::make_unexpected(query.error());
    for (const std::string* const text : {&trial.content, &trial.family, &trial.settings, &trial.metrics})
        query->addBindValue(toColumn(*text));
    query->addBindValue(std::isfinite(trial.dailySharpe) ? QVariant(trial.dailySharpe)
                                                         : QVariant(QMetaType::fromType<double>()));
    query->addBindValue(static_cast<qlonglong>(trial.at.time_since_epoch().count()));
    if (const auto done = m_database->execute(*query); !done)
        return tl::make_unexpected(done.error());
    return query->numRowsAffected() > 0;
}

base::Result<std::optional<StoredTrial>> TrialStore::find(std::string_view content)
{
    auto found = select(*m_database, QStringLiteral("WHERE content = ?"), content);
    if (!found)
        return tl::make_unexpected(found.error());
    if (found->empty())
        return std::nullopt;
    return std::move(found->front());
}

base::Result<std::vector<StoredTrial>> TrialStore::trials(std::string_view family)
{
    return select(*m_database, QStringLiteral("WHERE family = ?"), family);
}

base::Result<std::vector<StoredTrial>> TrialStore::newest(int count)
{
    auto query = m_database->prepare(
        QStringLiteral("SELECT %1 FROM trials ORDER BY at_ns DESC, content LIMIT ?").arg(QLatin1String(columns)));
    if (!query)
        return tl::make_unexpected(query.error());
    query->addBindValue(count);
    return read(*m_database, *query);
}

base::Result<std::vector<StoredTrial>> TrialStore::all()
{
    return select(*m_database, {}, {});
}

base::Result<TrialFigures> TrialStore::figures(std::string_view family)
{
    const auto known = trials(family);
    if (!known)
        return tl::make_unexpected(known.error());
    TrialFigures out;
    out.count = known->size();
    double count = 0, mean = 0, squares = 0; // Welford's
    for (const StoredTrial& trial : *known) {
        if (!std::isfinite(trial.dailySharpe))
            continue;
        const double away = trial.dailySharpe - mean;
        mean += away / ++count;
        squares += away * (trial.dailySharpe - mean);
    }
    if (count >= 2)
        out.sharpeVariance = squares / (count - 1);
    return out;
}

base::Result<std::size_t> TrialStore::merge(const std::string& other)
{
    if (!QFile::exists(QString::fromStdString(other)))
        return base::fail(base::ErrorKind::NotFound, "trials", other, "a file that a sweep has written");
    const auto theirs = open(other);
    if (!theirs)
        return tl::make_unexpected(theirs.error());
    const auto all = (*theirs)->all();
    if (!all)
        return tl::make_unexpected(all.error());
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    std::size_t taken = 0;
    for (const StoredTrial& trial : *all) {
        const auto isNew = add(trial);
        if (!isNew)
            return tl::make_unexpected(isNew.error());
        taken += *isNew ? 1 : 0;
    }
    if (const auto done = transaction->commit(); !done)
        return tl::make_unexpected(done.error());
    return taken;
}

} // namespace vegadesk::storage
