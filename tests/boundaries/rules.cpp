#include "boundaries/rules.h"

#include "boundaries/layers.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace vegadesk::tests
{

namespace
{

/// A pattern that has no place in some folders.
struct ForbiddenPattern {
    QRegularExpression pattern;
    std::function<bool(const QString& file)> appliesTo;
    QString advice;
};

bool isIn(const QString& file, const QStringList& folders)
{
    return std::ranges::any_of(folders, [&](const QString& folder) { return file.startsWith(folder); });
}

std::function<bool(const QString&)> within(const QStringList& folders, const QStringList& except = {})
{
    return [=](const QString& file) { return isIn(file, folders) && !isIn(file, except); };
}

const std::vector<ForbiddenPattern>& forbiddenPatterns()
{
    static const std::vector<ForbiddenPattern> patterns{
        {QRegularExpression(R"(#\s*include\s*<ql/quantlib\.hpp>)"), within({""}),
         "does not compile as C++20 and takes half a minute: include the single QuantLib header"},
        {QRegularExpression(R"(#\s*include\s*[<"]ql/(?!quantlib\.hpp))"),
         within({"core/", "ui/", "app/"}, {"core/pricing/reference/"}),
         "QuantLib's settings are global and not thread-safe: use the façade in core/pricing/reference"},
        {QRegularExpression(R"(#\s*include\s*[<"]torch/)"), within({"core/", "ui/", "app/"}, {"core/learning/torch/"}),
         "costs every start 0.4 s and 150 MB: only the plugin in core/learning/torch may link it"},
        {QRegularExpression(R"(#\s*include\s*[<"]xgboost/)"),
         within({"core/", "ui/", "app/"}, {"core/learning/signals/"}),
         "only core/learning/signals may link it"},
        {QRegularExpression(R"(#\s*include\s*<(QSql|QtSql))"), within({"core/", "ui/", "app/"}, {"core/storage/"}),
         "SQL stays in core/storage: ask desk for the data"},
        {QRegularExpression(
             R"(#\s*include\s*<(QNetwork|QtNetwork|QTcp|QUdp|QSsl|QHost|QWebSocket|QtWebSockets|QHttpServer|QtHttpServer))"),
         within({"core/", "ui/"}, {"core/tastytrade/", "core/venue/", "core/desk/webhook.cpp"}),
         "sockets stay in core/tastytrade and core/venue: ask desk for the data"},
        {QRegularExpression(R"(#\s*include\s*<(QWidget|QtWidgets|QtGui|QApplication|QGuiApplication|QPainter|QColor))"),
         within({"core/"}), "core builds without a window: move it to ui/"},
        {QRegularExpression(R"("#([0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})\b)"), within({"ui/"}, {"ui/theme/"}),
         "colours are roles with a value for each theme: use theme::color(Role), or add a role in ui/theme"},
        {QRegularExpression(
             R"(\bQColor(::fromRgb\w*)?\s*[({]\s*["0-9]|\bqRgba?\s*\(|\bQColorConstants::|\bQt::(dark|light)?(black|white|[rR]ed|[gG]reen|[bB]lue|[cC]yan|[mM]agenta|[yY]ellow|[gG]ray)\b)"),
         within({"ui/"}, {"ui/theme/"}),
         "colours are roles with a value for each theme: use theme::color(Role), or add a role in ui/theme"},
        {QRegularExpression(
             R"(\b(std::(mutex|shared_mutex|scoped_lock|unique_lock|lock_guard|condition_variable)|QMutex\w*|QReadWriteLock|QWaitCondition)\b)"),
         within({"ui/"}), "the window takes no locks: let desk publish an immutable value"},
        {QRegularExpression(
             R"(\bQTest::(qWait|qSleep)\s*\(|\bsleep_(for|until)\s*\(|\bQThread::[mu]?sleep\s*\(|\bu?sleep\s*\()"),
         within({"tests/"}),
         "wait for a fact, not for time: QTRY_COMPARE, QTest::qWaitFor, QSignalSpy::wait or a ManualClock"},
        {QRegularExpression(R"(\bfor \([^;]*[^:]:[^:;].*\)->\w+\)\s*\{?\s*$)"), within({""}),
         "what a call returns dies before the loop's first step when only a member of it is named: keep it in a variable"},
    };
    return patterns;
}

/// "core/tastytrade/wire/order.h" is in the layer tastytrade/wire; "ui/…" is in ui. Empty for files outside.
QString layerOf(const QString& file)
{
    if (!file.startsWith("core/"))
        return file.section('/', 0, 0);
    const QString inner = file.mid(5);
    const QString nested = inner.section('/', 0, 1);
    return layers().contains(nested) ? nested : inner.section('/', 0, 0);
}

QString join(QStringList names)
{
    names.sort();
    return names.isEmpty() ? QStringLiteral("nothing") : names.join(", ");
}

/// Why `file` may not include `header`; empty when it may.
QString whyNot(const QString& file, const QString& header)
{
    const QString here = layerOf(file);
    const QString there = layerOf("core/" + header);
    const bool isCore = layers().contains(there);
    if (header.startsWith("ui/") || header.startsWith("app/")) {
        if (here == "app" || (here == "ui" && header.startsWith("ui/")))
            return {};
        return QStringLiteral("%1 may not include the window's \"%2\": hand over a callback, or emit a signal of desk")
            .arg(here, header);
    }
    if (!isCore || here == "app" || there == here)
        return {};
    if (here == "ui") {
        if (windowFolders().contains(there) || windowHeaders().contains(header))
            return {};
        return QStringLiteral("ui may not include \"%1\": it may use %2 and %3; put what it needs in a view of desk")
            .arg(header, join(windowFolders()), join(windowHeaders()));
    }
    if (there == "base" || layers().at(here).contains(there))
        return {};
    return QStringLiteral(
               "%1 may not include \"%2\": it may use base and %3; move the shared type down, or the code up")
        .arg(here, header, join(layers().at(here)));
}

void checkInclude(const QString& file, int line, const QString& text, std::vector<Finding>& findings)
{
    static const QRegularExpression include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    const auto match = include.match(text);
    if (!match.hasMatch() || file.startsWith("tests/"))
        return;
    const QString header = match.captured(2);
    if (file.startsWith("core/") && !layers().contains(layerOf(file)))
        findings.push_back({file, line,
                            "core/" + layerOf(file) +
                                " is in no row of the table: add it to docs/architecture.md "
                                "and tests/boundaries/layers.h"});
    else if (const QString why = whyNot(file, header); !why.isEmpty())
        findings.push_back({file, line, why});

    static const QRegularExpression qt(R"(^(Q[A-Z]\w*(/.*)?|Qt\w*/.*|q[a-z]+\.h)$)");
    if (file.startsWith("core/") && qtFreeLayers().contains(layerOf(file)) && match.captured(1) == "<" &&
        qt.match(header).hasMatch())
        findings.push_back({file, line,
                            layerOf(file) + " is free of Qt, <" + header +
                                "> is not: use the standard library, or move the code to desk"});
    // An entry point's own headers are nobody else's: there a bare name says so.
    if (match.captured(1) == "\"" && !file.startsWith("app/") && !header.contains('/') && !header.endsWith(".moc"))
        findings.push_back(
            {file, line, "write \"folder/" + header + "\": a bare name finds whichever file is nearest"});
    if (header.contains(".."))
        findings.push_back({file, line, "no \"..\" in an include: write \"folder/header.h\""});
}

/// A source that includes its own header first proves that the header compiles alone.
void checkFirstInclude(const QString& root, const QString& file, const QString& text, std::vector<Finding>& findings)
{
    static const QRegularExpression include(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])",
                                            QRegularExpression::MultilineOption);
    QString own = file;
    own.replace(QRegularExpression("\\.cpp$"), ".h");
    if (own == file || file.startsWith("tests/") || !QFile::exists(root + '/' + own))
        return;
    if (own.startsWith("core/"))
        own = own.mid(5);
    const auto first = include.match(text);
    const bool isSame = first.captured(1) == own || (file.startsWith("app/") && own.endsWith('/' + first.captured(1)));
    if (!isSame)
        findings.push_back({file, static_cast<int>(text.left(first.capturedStart(1)).count('\n')) + 1,
                            "include \"" + own + "\" first: that shows that the header compiles alone"});
}

/// USES in core's CMake files are the table's second guard: a link that is not allowed would let includes
/// through.
void checkUses(const QString& file, const QString& text, std::vector<Finding>& findings)
{
    static const QRegularExpression library(R"(vegadesk_library\(\s*([\w/]+)([^)]*)\))");
    static const QRegularExpression uses(R"(\bUSES\b([^A-Z)]*))");
    for (auto it = library.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const QString folder = match.captured(1);
        const auto list = uses.match(match.captured(2));
        if (!list.hasMatch())
            continue;
        const int line = static_cast<int>(text.left(match.capturedStart(2) + list.capturedStart()).count('\n')) + 1;
        for (const QString& used : list.captured(1).split(QRegularExpression("\\s+"), Qt::SkipEmptyParts))
            if (used != "base" && (!layers().contains(folder) || !layers().at(folder).contains(used)))
                findings.push_back(
                    {file, line, folder + " may not link " + used + ": it is not in its row of docs/architecture.md"});
    }
}

QStringList filesIn(const QString& root, const QStringList& names)
{
    QStringList files;
    for (const char* folder : {"core", "ui", "app", "tests"})
        for (QDirIterator it(root + '/' + QLatin1String(folder), names, QDir::Files, QDirIterator::Subdirectories);
             it.hasNext();) {
            const QString file = QDir(root).relativeFilePath(it.next());
            if (!file.startsWith("tests/boundaries/fixture/")) // it breaks the rules on purpose
                files.append(file);
        }
    files.sort();
    return files;
}

QString read(const QString& root, const QString& file)
{
    QFile source(root + '/' + file);
    return source.open(QIODevice::ReadOnly) ? QString::fromUtf8(source.readAll()) : QString();
}

} // namespace

QStringList sourceFiles(const QString& root)
{
    return filesIn(root, {"*.h", "*.cpp"});
}

QStringList buildFiles(const QString& root)
{
    return QStringList{"CMakeLists.txt"} + filesIn(root, {"CMakeLists.txt"});
}

std::vector<Finding> findViolations(const QString& root)
{
    // What a comment says is not what the code does. Addresses in strings lose their tail, which no rule
    // looks at.
    static const QRegularExpression comment("//.*$");
    std::vector<Finding> findings;
    for (const QString& file : sourceFiles(root)) {
        const QString source = read(root, file);
        checkFirstInclude(root, file, source, findings);
        const QStringList lines = source.split('\n');
        for (int i = 0; i < lines.size(); ++i) {
            const QString line = QString(lines[i]).remove(comment);
            checkInclude(file, i + 1, line, findings);
            for (const ForbiddenPattern& forbidden : forbiddenPatterns())
                if (forbidden.appliesTo(file) && forbidden.pattern.match(line).hasMatch())
                    findings.push_back({file, i + 1, line.trimmed() + ": " + forbidden.advice});
        }
    }
    for (const QString& file : buildFiles(root))
        if (file.startsWith("core/"))
            checkUses(file, read(root, file), findings);
    return findings;
}

} // namespace vegadesk::tests
