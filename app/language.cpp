#include "language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace vegadesk
{

void installLanguage(const QString& choice)
{
    QLocale locale = choice == QLatin1String("system") ? QLocale::system() : QLocale(choice);
    if (locale.language() == QLocale::C) // a terminal without a locale: the words of the sources
        locale = QLocale(QLocale::English, QLocale::UnitedStates);
    QLocale::setDefault(locale);
    const auto install = [&locale](const QString& name, const QString& folder) {
        auto* const translator = new QTranslator(QCoreApplication::instance());
        // Qt has no file for English, its words are in the sources; ours holds the plurals.
        if (translator->load(locale, name, QStringLiteral("_"), folder))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    };
    install(QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QStringLiteral("vegadesk"), QStringLiteral(":/i18n"));
}

} // namespace vegadesk
