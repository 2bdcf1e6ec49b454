#include "boundaries/layers.h"
#include "boundaries/rules.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace vegadesk::tests;

namespace
{

QString text(const Finding& finding)
{
    return QStringLiteral("%1:%2: %3").arg(finding.file).arg(finding.line).arg(finding.message);
}

} // namespace

/// Reads the sources themselves: with one include root a forbidden header would still compile.
class BoundariesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTreeKeepsTheRules();
    void everyRuleBites();
    void theTableHasNoCircles();
    void theDocumentShowsTheSameTable();
    void everyDependencyIsListed();
};

void BoundariesTest::theTreeKeepsTheRules()
{
    const QString root = QStringLiteral(VEGADESK_SOURCE_DIR);
    QVERIFY(sourceFiles(root).size() > 50);
    const auto findings = findViolations(root);
    for (const Finding& finding : findings)
        qWarning().noquote() << text(finding);
    QVERIFY2(findings.empty(), qPrintable(QStringLiteral("%1 broken rules, listed above").arg(findings.size())));
}

/// A small tree that breaks every rule: each line with "finds: words" must be found with these words, no
/// other line may.
void BoundariesTest::everyRuleBites()
{
    const QString root = QStringLiteral(VEGADESK_SOURCE_DIR "/tests/boundaries/fixture");
    auto findings = findViolations(root);
    int expected = 0;
    QStringList files = sourceFiles(root);
    files.append(QStringLiteral("core/market/CMakeLists.txt"));
    for (const QString& file : files) {
        QFile source(root + '/' + file);
        QVERIFY2(source.open(QIODevice::ReadOnly), qPrintable(file));
        for (int line = 1; !source.atEnd(); ++line) {
            const QString words = QString::fromUtf8(source.readLine()).trimmed().section("finds: ", 1);
            const auto isThis = [&](const Finding& f) {
                return f.file == file && f.line == line && !words.isEmpty() && f.message.contains(words);
            };
            if (words.isEmpty())
                continue;
            ++expected;
            QVERIFY2(std::ranges::any_of(findings, isThis),
                     qPrintable(QStringLiteral("not found: %1:%2 %3").arg(file).arg(line).arg(words)));
            std::erase_if(findings, isThis);
        }
    }
    QVERIFY2(findings.empty(), findings.empty() ? "" : qPrintable("not expected: " + text(findings.front())));
    QVERIFY(expected >= 20);
}

void BoundariesTest::theTableHasNoCircles()
{
    // Take away what depends on nothing that is left; a circle never goes.
    auto left = layers();
    while (!left.empty()) {
        const auto before = left.size();
        std::erase_if(left, [&](const auto& row) {
            return std::ranges::none_of(row.second, [&](const QString& used) { return left.contains(used); });
        });
        QVERIFY2(left.size() < before, qPrintable("a circle with " + (left.empty() ? "" : left.begin()->first)));
    }
    for (const auto& [folder, uses] : layers())
        for (const QString& used : uses)
            QVERIFY2(layers().contains(used), qPrintable(folder + " uses " + used + ", which has no row"));
}

void BoundariesTest::theDocumentShowsTheSameTable()
{
    QFile document(QStringLiteral(VEGADESK_SOURCE_DIR "/docs/architecture.md"));
    QVERIFY(document.open(QIODevice::ReadOnly));
    // | `folder` | what | `used`, `used` | … |
    static const QRegularExpression row("^\\| `([\\w/]+)` \\|[^|]*\\|([^|]*)\\|", QRegularExpression::MultilineOption);
    static const QRegularExpression name("`([\\w/]+)`");
    std::map<QString, QStringList> shown;
    for (auto rows = row.globalMatch(QString::fromUtf8(document.readAll())); rows.hasNext();) {
        const auto match = rows.next();
        QStringList uses;
        for (auto names = name.globalMatch(match.captured(2)); names.hasNext();)
            uses.append(names.next().captured(1));
        uses.sort();
        shown.emplace(match.captured(1), uses);
    }
    for (const auto& [folder, uses] : layers()) {
        if (!QDir(QStringLiteral(VEGADESK_SOURCE_DIR "/core/") + folder).exists())
            continue; // planned
        QVERIFY2(shown.contains(folder), qPrintable("docs/architecture.md has no row for " + folder));
        QStringList sorted = uses;
        sorted.sort();
        if (folder != "desk") // "all of them", in words
            QVERIFY2(shown.at(folder) == sorted,
                     qPrintable(QStringLiteral("docs/architecture.md says %1 uses %2; layers.h says %3")
                                    .arg(folder, shown.at(folder).join(' '), sorted.join(' '))));
    }
}

/// A package that only the author's machine has fails on everybody else's.
void BoundariesTest::everyDependencyIsListed()
{
    QFile list(QStringLiteral(VEGADESK_SOURCE_DIR "/packaging/dependencies.txt"));
    QVERIFY(list.open(QIODevice::ReadOnly));
    QStringList listed;
    for (const QString& line : QString::fromUtf8(list.readAll()).split('\n'))
        if (const QString package = line.section('#', 0, 0).trimmed(); !package.isEmpty()) {
            QVERIFY2(!listed.contains(package), qPrintable(package + " is listed twice"));
            listed.append(package);
        }

    static const QRegularExpression findPackage(R"(\bfind_package\(\s*(\w[\w-]*)([^)]*)\))");
    const QString root = QStringLiteral(VEGADESK_SOURCE_DIR);
    QStringList wanted;
    for (const QString& file : buildFiles(root)) {
        QFile source(root + '/' + file);
        QVERIFY(source.open(QIODevice::ReadOnly));
        for (auto it = findPackage.globalMatch(QString::fromUtf8(source.readAll())); it.hasNext();) {
            const auto match = it.next();
            if (match.captured(1) != "Qt6")
                wanted.append(match.captured(1));
            else
                for (const QString& component :
                     match.captured(2).section("COMPONENTS", 1).split(' ', Qt::SkipEmptyParts))
                    wanted.append("Qt6" + component.trimmed());
        }
    }
    QVERIFY(wanted.contains("Qt6Sql") && wanted.contains("fmt"));
    for (const QString& name : wanted) {
        QVERIFY2(debianPackages().contains(name),
                 qPrintable("find_package(" + name +
                            "): add its Debian package to packaging/dependencies.txt and layers.h"));
        const QString package = debianPackages().at(name);
        QVERIFY2(package.isEmpty() || listed.contains(package),
                 qPrintable("find_package(" + name + ") needs " + package + " in packaging/dependencies.txt"));
    }
}

QTEST_GUILESS_MAIN(BoundariesTest)
#include "boundaries_test.moc"
