# One Qt Test program a test, or, with VEGADESK_UNITY, one a folder: its sources are then compiled some at once, each within a
# namespace of its own and after the headers of all, and the program is told by its first argument which of them to run.

# vegadesk_test(<folder>/<what> SOURCES … USES … [LIBRARIES …] [ARGUMENTS …] [TIMEOUT <s>] [RUNS <programs of ours>] [ALONE]);
# ctest knows it as <folder>.<what>. ALONE: a program of its own in any case; so are those of several sources, and those that say
# something of what is not their own.
function(vegadesk_test path)
  cmake_parse_arguments(PARSE_ARGV 1 arg "ALONE" "TIMEOUT" "SOURCES;USES;LIBRARIES;ARGUMENTS;RUNS")
  string(REPLACE "/" "_" name ${path})
  string(REPLACE "/" "." label ${path})
  get_filename_component(folder ${path} DIRECTORY)
  set(target test_${name})
  set(arguments ${arg_ARGUMENTS})

  set(units ${arg_SOURCES})
  list(FILTER units INCLUDE REGEX "\\.cpp$")
  list(LENGTH units count)
  set(foreign "")
  if(VEGADESK_UNITY AND count EQUAL 1 AND NOT arg_ALONE)
    file(STRINGS ${units} foreign REGEX "^namespace (QTest|std|vegadesk)|^template ?<>|Q_DECLARE_METATYPE|operator new")
  endif()
  if(VEGADESK_UNITY AND count EQUAL 1 AND NOT arg_ALONE AND NOT foreign)
    set(target test_${folder})
    list(PREPEND arguments ${label})
    if(NOT TARGET ${target})
      add_executable(${target} ${PROJECT_SOURCE_DIR}/tests/joined.cpp)
      cmake_language(EVAL CODE "cmake_language(DEFER CALL vegadesk_join_tests ${target})")
    endif()
    set_property(TARGET ${target} APPEND PROPERTY VEGADESK_JOINED "${label}=${CMAKE_CURRENT_SOURCE_DIR}/${units}")
  else()
    add_executable(${target} ${arg_SOURCES})
  endif()
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  # moc by name: AUTOMOC would scan, and compile a file of its own, for each of some hundred programs. It reads no headers, since a
  # test's class is all in its source: with the target's folders it would take a second for each.
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc)
  foreach(source ${arg_SOURCES})
    file(STRINGS ${source} mocs REGEX "^#include \".*\\.moc\"")
    if(mocs)
      get_filename_component(stem ${source} NAME_WE)
      qt_generate_moc(${source} ${generated}/${stem}.moc)
      target_sources(${target} PRIVATE ${generated}/${stem}.moc)
      target_include_directories(${target} PRIVATE ${generated})
    endif()
  endforeach()
  list(TRANSFORM arg_USES REPLACE "/" "_")
  list(TRANSFORM arg_USES PREPEND vegadesk_)
  target_link_libraries(${target} PRIVATE ${arg_USES} ${arg_LIBRARIES} Qt6::Test vegadesk_warnings)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${target} PRIVATE
    VEGADESK_SOURCE_DIR="${PROJECT_SOURCE_DIR}" VEGADESK_BINARY_DIR="${PROJECT_BINARY_DIR}"
    VEGADESK_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data" QT_NO_KEYWORDS)
  # What is tested is built as it is shipped; the code that tests it need not be fast, and there is much of it to compile.
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  add_test(NAME ${label} COMMAND ${target} ${arguments})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  if(VEGADESK_SANITIZE)
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 5") # instrumented code is that much slower
  endif()
  # Qt ends a test function after five minutes of its own: a test's TIMEOUT alone says how long it may take.
  set(environment "QT_QPA_PLATFORM=offscreen;LANG=C.UTF-8;LC_ALL=C.UTF-8;TZ=UTC;QTEST_FUNCTION_TIMEOUT=${arg_TIMEOUT}000")
  if(VEGADESK_SANITIZE STREQUAL "thread")
    # A test that starts a process and then threads of its own would be ended for it.
    list(APPEND environment "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/thread_sanitizer.txt:die_after_fork=0")
  endif()
  set_tests_properties(${label} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS ${folder} ENVIRONMENT "${environment}"
    SKIP_REGULAR_EXPRESSION "SKIP   : [A-Za-z]+::initTestCase") # all of it: told apart from what has passed
  if(folder STREQUAL "end_to_end")
    set_tests_properties(${label} PROPERTIES RUN_SERIAL TRUE) # a desk and its venue are busy threads enough
  endif()
  if(arg_RUNS)
    # Sanitizers leave it out, and with it the programs: their parts are in the libraries, which have tests of their own.
    set_property(TEST ${label} APPEND PROPERTY LABELS program)
    if(NOT VEGADESK_SANITIZE)
      add_dependencies(${target} ${arg_RUNS})
    elseif(NOT target STREQUAL "test_${folder}")
      set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL TRUE)
    endif()
  endif()
  if(VEGADESK_SANITIZE AND folder MATCHES "^(end_to_end|boundaries)$")
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL TRUE) # packaging/test.sh says why they are not run there
  endif()
endfunction()

# The sources of a folder's program, some to a file that is compiled.
function(vegadesk_join_tests target)
  set(at_once 6)
  get_target_property(joined ${target} VEGADESK_JOINED)
  list(SORT joined)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target}_joined)
  list(LENGTH joined count)
  math(EXPR last "${count} - 1")
  foreach(first RANGE 0 ${last} ${at_once})
    list(SUBLIST joined ${first} ${at_once} some)
    set(headers "")
    set(bodies "")
    foreach(entry ${some})
      string(REGEX MATCH "^([^=]*)=(.*)$" all ${entry})
      set(label ${CMAKE_MATCH_1})
      set(source ${CMAKE_MATCH_2})
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
      file(STRINGS ${source} includes REGEX "^#include ")
      list(FILTER includes EXCLUDE REGEX "\\.moc\"")
      list(APPEND headers ${includes})
      string(MAKE_C_IDENTIFIER ${label} name)
      string(APPEND bodies "namespace joined_${name}\n{\n#define main joinedMain\n#include \"${source}\"\n#undef main\n"
        "const vegadesk::tests::Joined joined(\"${label}\", joinedMain);\n}\n")
    endforeach()
    list(REMOVE_DUPLICATES headers)
    list(JOIN headers "\n" headers)
    file(CONFIGURE OUTPUT ${folder}/from_${first}.cpp CONTENT "#include \"joined.h\"\n@headers@\n@bodies@" @ONLY)
    target_sources(${target} PRIVATE ${folder}/from_${first}.cpp)
  endforeach()
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  # What a test keeps without a name is of this file alone, though g++ takes the test for something included.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()
