#include "desk/report_files.h"

#include "backtest/report/html_report.h"
#include "backtest/report/trades_csv.h"
#include "desk/backtest_json.h"

#include <QJsonDocument>
#include <QSaveFile>

namespace vegadesk::desk
{

base::Result<void> writeFile(const std::string& file, std::string_view text)
{
    QSaveFile out(QString::fromStdString(file));
    const bool isWritten =
        out.open(QIODevice::WriteOnly) &&
        out.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size()) && out.commit();
    if (!isWritten)
        return base::fail(base::ErrorKind::Storage, "file", file, out.errorString().toStdString());
    return {};
}

base::Result<void> writeReport(const backtest::Report& report, ReportFormat format, const std::string& file)
{
    switch (format) {
    case ReportFormat::Page:
        return writeFile(file, backtest::htmlReport(report));
    case ReportFormat::Json:
        return writeFile(file, QJsonDocument(toJson(report)).toJson(QJsonDocument::Indented).toStdString());
    case ReportFormat::Trades:
        break;
    }
    return writeFile(file, backtest::tradesCsv(report));
}

} // namespace vegadesk::desk
