#include "desk/run_files.h"

#include "storage/trial_store.h"

#include <QDir>

namespace vegadesk::desk
{

RunFiles RunFiles::in(const QString& dataDirectory)
{
    const QDir folder(dataDirectory);
    return {folder.filePath(QLatin1String(storage::TrialStore::fileName)).toStdString(),
            folder.filePath(QStringLiteral("signals")).toStdString()};
}

} // namespace vegadesk::desk
