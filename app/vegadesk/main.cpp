#include "data_folder.h"
#include "language.h"
#include "options.h"
#include "process_start.h"

#include "base/clock.h"
#include "base/environment.h"
#include "base/log.h"
#include "desk/desk.h"
#include "ui/first_paint.h"
#include "ui/main_window.h"
#include "ui/notice_area.h"
#include "ui/panels/option_chain.h"
#include "ui/notifier.h"
#include "ui/screenshots.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QMessageBox>
#include <QScreen>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace
{
using namespace vegadesk;

/// Qt's own warnings belong in the same log as ours.
void logQtMessage(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    // What the offscreen platform cannot do (raise a window, hint its size) is not news when taking pictures.
    const bool isNoise = message.startsWith(QLatin1String("This plugin does not support"));
    const auto level = isNoise                                   ? base::log::Level::Debug
                       : type == QtDebugMsg || type == QtInfoMsg ? base::log::Level::Debug
                       : type == QtWarningMsg                    ? base::log::Level::Warning
                                                                 : base::log::Level::Error;
    base::log::write(level, "Qt: " + message.toStdString());
    if (type == QtFatalMsg)
        QTextStream(stderr) << message << Qt::endl; // it ends us, and the log may not be seen
}

/// Pictures need no screen; a window does, and Qt's own complaint about a missing one is an abort.
bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

/// Prints the time from the process's start to the first chain painted with quotes, and ends the program.
std::unique_ptr<ui::FirstPaint> measureStart(QApplication& application, ui::MainWindow& window, base::Instant started)
{
    constexpr std::chrono::seconds patience{60};
    auto* const panel = window.findChild<ui::OptionChainPanel*>();
    auto first = std::make_unique<ui::FirstPaint>(*panel);
    QObject::connect(first.get(), &ui::FirstPaint::painted, &application, [started] {
        const double seconds = base::seconds(base::SystemClock().now() - started);
        QTextStream(stdout) << "first chain painted "
                            << QString::number(seconds, 'f', 2) + QStringLiteral(" s after the process's start")
                            << Qt::endl;
        QCoreApplication::exit(0);
    });
    QTimer::singleShot(patience, &application, [] {
        QTextStream(stderr) << "vegadesk --startup-time: no chain was painted within a minute" << Qt::endl;
        QCoreApplication::exit(1);
    });
    return first;
}

/// The STOP window beside ours, in our words and colours.
void addWatchdog(desk::DeskOptions& desk, const Options& options, const desk::Settings& settings)
{
    const bool isSeen = QGuiApplication::platformName() != QLatin1String("offscreen");
    if (!options.watchdog.value_or(isSeen && settings.number(desk::setting::watchdog) != 0))
        return;
    desk.watchdogProgram = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("vegadesk-watchdog"));
    const auto add = [&desk](const char* name, const QString& value) {
        desk.watchdogArguments << QString::fromLatin1(name) << value;
    };
    const QDir folder(desk.dataDirectory);
    add("--log", folder.filePath(QStringLiteral("vegadesk-watchdog.log")));
    add("--lock", folder.filePath(QLatin1String(lockFile)));
    add("--language", settings.choice(desk::setting::language));
    add("--theme", options.theme.isEmpty() ? settings.choice(desk::setting::theme) : options.theme);
}

int run(int argc, char** argv, const Options& options, base::Environment environment, base::Instant started)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("vegadesk"));
    QApplication::setApplicationVersion(QStringLiteral(VEGADESK_VERSION));
    QApplication::setApplicationDisplayName(QStringLiteral("Vegadesk"));

    // Pictures and measurements have nobody before the window: they are of a first start, whatever the user has made of
    // theirs, without the tour, and leave nothing behind.
    const bool takesPictures = !options.screenshots.isEmpty();
    const bool isUnattended = takesPictures || options.startupTime;
    std::unique_ptr<QTemporaryDir> scratch;
    QString dataDirectory = options.dataDirectory;
    if (dataDirectory.isEmpty() && isUnattended) {
        scratch = std::make_unique<QTemporaryDir>();
        dataDirectory = scratch->path();
    } else if (dataDirectory.isEmpty()) {
        dataDirectory = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    }
    if (!QDir().mkpath(dataDirectory)) {
        QTextStream(stderr) << "vegadesk: cannot make the data folder " << dataDirectory << '\n';
        return 1;
    }
    const DataFolder folder(dataDirectory);
    if (!folder.why().isEmpty()) {
        QTextStream(stderr) << "vegadesk: " << folder.why() << '\n';
        if (!takesPictures && QGuiApplication::platformName() != QLatin1String("offscreen"))
            QMessageBox::critical(nullptr, QApplication::applicationDisplayName(), folder.why());
        return 1;
    }
    base::log::configure(options.logLevel, QDir(dataDirectory).filePath(QStringLiteral("vegadesk.log")).toStdString());
    qInstallMessageHandler(logQtMessage);

    desk::DeskOptions deskOptions;
    deskOptions.dataDirectory = dataDirectory;
    deskOptions.replayFolder = options.replay;
    deskOptions.seed = options.seed;
    deskOptions.venueSpeed = options.speed;
    deskOptions.venueRate = options.rate;
    deskOptions.processStart = started;
    if (!isUnattended)
        deskOptions.keychainService = QApplication::applicationDisplayName();
    if (!isUnattended)
        addWatchdog(deskOptions, options, desk::Settings(QDir(dataDirectory).filePath(QStringLiteral("settings.ini"))));
    desk::Desk desk(deskOptions, std::move(environment));
    installLanguage(desk.settings().choice(desk::setting::language));
    // The exchange starts while the window is being built; what is said meanwhile is kept for it.
    std::vector<desk::Notice> early;
    const auto keeper = QObject::connect(&desk, &desk::Desk::noticed, &desk,
                                         [&early](const desk::Notice& notice) { early.push_back(notice); });
    desk.start();

    ui::Theme theme;
    const QString themeName = options.theme.isEmpty() ? desk.settings().choice(desk::setting::theme) : options.theme;
    theme.setName(ui::themeFromText(themeName));
    theme.setCompact(desk.settings().number(desk::setting::compactRows) != 0);
    theme.apply();

    ui::MainWindow window(desk, theme);
    if (!isUnattended)
        window.setNotifier(new ui::DesktopNotifier(window));
    QObject::disconnect(keeper);
    for (const desk::Notice& notice : early)
        window.tellNotice(notice);
    std::unique_ptr<ui::Screenshots> pictures;
    if (takesPictures) {
        pictures = std::make_unique<ui::Screenshots>(window, desk, theme, options.screenshots);
        QObject::connect(pictures.get(), &ui::Screenshots::finished, &application,
                         [](int status) { QCoreApplication::exit(status); });
        pictures->start();
    } else if (!isUnattended && desk.settings().number(desk::setting::tourDone) == 0) {
        QMetaObject::invokeMethod(&window, &ui::MainWindow::startTour, Qt::QueuedConnection);
    }
    // TW_SANDBOX=False goes as far as the door: through it goes a person.
    if (!isUnattended && !desk.environmentVariables().sandbox)
        QMetaObject::invokeMethod(&window, &ui::MainWindow::openLive, Qt::QueuedConnection);
    std::unique_ptr<ui::FirstPaint> firstPaint;
    if (options.startupTime)
        firstPaint = measureStart(application, window, started);
    if (!isUnattended)
        window.fitInto(window.screen()->availableSize());
    window.show();
    const int status = QApplication::exec();
    desk.sayEnding();
    return status;
}

} // namespace

int main(int argc, char** argv)
{
    const base::Instant started = processStart();
    QStringList arguments;
    for (int index = 0; index < argc; ++index)
        arguments << QString::fromLocal8Bit(argv[index]);
    const auto parsed = parseOptions(arguments);
    if (const auto* const answer = std::get_if<Answer>(&parsed)) {
        QTextStream(answer->status == 0 ? stdout : stderr) << answer->text;
        return answer->status;
    }
    const Options& options = std::get<Options>(parsed);

    auto environment = base::readEnvironment();
    if (!environment) {
        QTextStream(stderr) << "vegadesk: " << QString::fromStdString(environment.error().message()) << '\n';
        return badUsage;
    }
    if (!hasDisplay()) {
        if (options.screenshots.isEmpty() && !options.startupTime) {
            QTextStream(stderr) << "vegadesk: no display: set DISPLAY, or run it under xvfb-run\n";
            return 1;
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    return run(argc, argv, options, std::move(*environment), started);
}
