# Brings translations/*.ts up to date with the sources, or with CHECK set fails when one is not, or has a gap.
#   cmake -DLUPDATE=… -DSOURCE_DIR=… [-DCHECK=<scratch folder>] -P translations/lupdate.cmake
# The include paths tell lupdate the classes' namespaces; without them it files the words where tr() does not look.
# What the core says through base::Sentence is marked by base::translatable().
file(GLOB files ${SOURCE_DIR}/translations/*.ts)
set(failed FALSE)
foreach(file ${files})
  set(target ${file})
  get_filename_component(name ${file} NAME)
  if(CHECK)
    file(MAKE_DIRECTORY ${CHECK})
    set(target ${CHECK}/${name})
    file(COPY_FILE ${file} ${target})
  endif()
  # English words are in the sources; its file holds only what changes with a number.
  set(only "")
  if(name STREQUAL "vegadesk_en.ts")
    set(only -pluralonly)
  endif()
  execute_process(
    COMMAND ${LUPDATE} ${only} -silent -locations none -no-obsolete -tr-function-alias QT_TRANSLATE_NOOP+=translatable -I ${SOURCE_DIR} -I ${SOURCE_DIR}/core
      ${SOURCE_DIR}/ui ${SOURCE_DIR}/app/vegadesk ${SOURCE_DIR}/app/vegadesk-watchdog ${SOURCE_DIR}/core/desk
      ${SOURCE_DIR}/core/monitoring ${SOURCE_DIR}/core/risk ${SOURCE_DIR}/core/trading -ts ${target}
    RESULT_VARIABLE status ERROR_VARIABLE messages)
  if(NOT status EQUAL 0 OR NOT messages STREQUAL "")
    message(SEND_ERROR "lupdate of ${name} says: ${messages}")
  endif()
  if(NOT CHECK)
    continue()
  endif()
  file(READ ${file} kept)
  file(READ ${target} fresh)
  if(NOT kept STREQUAL fresh)
    message(SEND_ERROR "${name} is out of date: build the target update_translations and translate what is new")
  endif()
  string(REGEX MATCHALL "<translation type=\"unfinished\"" gaps "${kept}")
  list(LENGTH gaps count)
  if(count GREATER 0)
    message(SEND_ERROR "${name} has ${count} untranslated texts")
  endif()
endforeach()
