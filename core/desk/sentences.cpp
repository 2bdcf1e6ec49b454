#include "desk/sentences.h"

#include "market/calendar.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTime>

namespace vegadesk::desk
{

QString sentenceNumber(double value, int decimals)
{
    QString text = QLocale().toString(value, 'f', decimals);
    text.replace(QLocale().negativeSign(), QStringLiteral("\u2212"));
    return text;
}

QString newYorkTime(base::Instant at)
{
    const int seconds = static_cast<int>(market::toNewYork(at).sinceMidnight.count());
    return QTime(0, 0).addSecs(seconds).toString(QStringLiteral("HH:mm"));
}

QString translated(const base::Sentence& sentence)
{
    const QString form = QCoreApplication::translate("Core", sentence.form);
    QString out;
    // Not QString::arg(): a part may hold a percent sign and a digit itself.
    for (qsizetype at = 0; at < form.size(); ++at) {
        const int index = form[at] == u'%' && at + 1 < form.size() ? form[at + 1].digitValue() - 1 : -1;
        if (index < 0 || index >= static_cast<int>(sentence.parts.size())) {
            out += form[at];
            continue;
        }
        ++at;
        const base::SentencePart& part = sentence.parts[static_cast<std::size_t>(index)];
        if (const auto* const number = std::get_if<base::SentenceNumber>(&part))
            out += sentenceNumber(number->value, number->decimals);
        else
            out += QString::fromStdString(std::get<std::string>(part));
    }
    return out;
}

} // namespace vegadesk::desk
