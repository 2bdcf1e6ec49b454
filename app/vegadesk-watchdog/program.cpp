#include "program.h"

#include "language.h"
#include "options.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QTextStream>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <unistd.h>

namespace vegadesk::watchdog
{

Program::Program(const QString& lockFile)
    : m_watchdog(m_transport, m_scheduler, m_clock,
                 {[this] { m_window.draw(m_watchdog.view()); },
                  [](const QByteArray& line) {
                      // It may have gone meanwhile, which the end of our input says.
                      [[maybe_unused]] const auto written =
                          ::write(STDOUT_FILENO, line.constData(), static_cast<std::size_t>(line.size()));
                  },
                  [this] { Q_EMIT finished(); }}),
      m_input(STDIN_FILENO, QSocketNotifier::Read)
{
    m_watchdog.setLockFile(lockFile.toStdString());
    connect(&m_input, &QSocketNotifier::activated, this, &Program::read);
    connect(&m_window, &StopWindow::stopAsked, this, [this] { m_watchdog.stop(); });
    connect(&m_window, &StopWindow::dismissed, this, [this] { m_watchdog.dismiss(); });
}

void Program::read()
{
    std::array<char, 4096> bytes{};
    const auto count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count > 0)
        return m_watchdog.receive(QByteArray(bytes.data(), static_cast<qsizetype>(count)));
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    m_input.setEnabled(false);
    m_watchdog.closed();
}

namespace
{

/// Without a display to come up on Qt aborts, which says nothing to whoever started us.
void leaveWithoutDisplay(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    if (type != QtFatalMsg) {
        QTextStream(stderr) << text << Qt::endl;
        return;
    }
    QTextStream(stderr)
        << "vegadesk-watchdog: there is no display on which the STOP window could come up; nothing is looked "
           "after. QT_QPA_PLATFORM=offscreen runs it without one"
        << Qt::endl;
    std::_Exit(1);
}

} // namespace

int run(int argc, char** argv, const std::function<void(Program&)>& prepare)
{
    QStringList arguments;
    for (int index = 0; index < argc; ++index)
        arguments << QString::fromLocal8Bit(argv[index]);
    const auto parsed = parseOptions(arguments);
    if (const auto* const answer = std::get_if<Answer>(&parsed)) {
        QTextStream(answer->status == 0 ? stdout : stderr) << answer->text;
        return answer->status;
    }
    if (::isatty(STDIN_FILENO) == 1) {
        QTextStream(stderr)
            << "vegadesk-watchdog: Vegadesk starts it, and tells it through standard input where orders go" << Qt::endl;
        return 2;
    }
    const auto& options = std::get<Options>(parsed);
    std::signal(SIGPIPE, SIG_IGN); // who hears our answers may be gone, and then we are needed
    base::log::configure(options.logLevel, options.logFile.toStdString(), false);

    const QtMessageHandler before = qInstallMessageHandler(leaveWithoutDisplay);
    QApplication application(argc, argv);
    qInstallMessageHandler(before);
    QApplication::setApplicationName(QStringLiteral("vegadesk-watchdog"));
    QApplication::setApplicationDisplayName(QStringLiteral("Vegadesk"));
    QApplication::setQuitOnLastWindowClosed(false);
    installLanguage(options.language);
    ui::Theme theme;
    theme.setName(ui::themeFromText(options.theme));
    theme.apply();
    Program program(options.lockFile);
    if (prepare)
        prepare(program);
    // Not quit(): that asks the window to close, which asks us whether it may.
    QObject::connect(
        &program, &Program::finished, &application, [] { QApplication::exit(0); }, Qt::QueuedConnection);
    return QApplication::exec();
}

} // namespace vegadesk::watchdog
