#pragma once

#include "market/instrument.h"

#include <QFile>
#include <QString>
#include <QStringList>

#include <cstdlib>
#include <limits>
#include <map>
#include <string>
#include <vector>

/// Rows of a CSV of exact values: column names to text, numbers read as the nearest double.
namespace reference_values
{

struct Row {
    std::map<QString, QString> cells;

    QString text(const char* column) const { return cells.at(QString::fromLatin1(column)); }
    double number(const char* column) const { return std::strtod(text(column).toLatin1().constData(), nullptr); }
    vegadesk::market::Right right() const
    {
        return text("type") == QLatin1String("call") ? vegadesk::market::Right::Call : vegadesk::market::Right::Put;
    }
};

inline std::vector<Row> read(const char* name)
{
    std::vector<Row> rows;
    QFile file(QStringLiteral(VEGADESK_TEST_DATA "/values/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    const auto fields = [](const QByteArray& line) { return QString::fromLatin1(line.trimmed()).split(QChar(',')); };
    const QStringList header = fields(file.readLine());
    while (!file.atEnd()) {
        const QStringList values = fields(file.readLine());
        if (values.size() != header.size())
            continue;
        Row row;
        for (qsizetype i = 0; i < header.size(); ++i)
            row.cells[header[i]] = values[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

/// The worst and the median of a column's scores, and the row that scored worst.
class Scores
{
public:
    void add(double score, const QString& row)
    {
        m_scores.push_back(score);
        if (!(score <= m_worst)) { // a NaN is the worst there is
            m_worst = score;
            m_row = row;
        }
    }
    double worst() const { return m_worst; }
    QString summary(const char* column) const
    {
        std::vector<double> sorted = m_scores;
        std::sort(sorted.begin(), sorted.end());
        return QStringLiteral("%1: %2 rows, worst %3 (row %4), median %5")
            .arg(QString::fromLatin1(column))
            .arg(sorted.size())
            .arg(m_worst, 0, 'g', 4)
            .arg(m_row)
            .arg(sorted.empty() ? 0.0 : sorted[sorted.size() / 2], 0, 'g', 3);
    }

private:
    std::vector<double> m_scores;
    double m_worst = -1;
    QString m_row;
};

} // namespace reference_values
