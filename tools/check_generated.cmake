# Run by ctest: are the committed copies of generated files what the model says now?
#   cmake -DGENERATED=<build>/generated -DSOURCE=<source> -DFILES=a;b -P check_generated.cmake
foreach(file IN LISTS FILES)
  execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${GENERATED}/${file} ${SOURCE}/${file} RESULT_VARIABLE differs
                  OUTPUT_QUIET ERROR_QUIET)
  if(differs)
    list(APPEND stale ${file})
  endif()
endforeach()
if(stale)
  list(JOIN stale ", " names)
  message(FATAL_ERROR "Out of date: ${names}. Build the target update-generated and commit what it writes.")
endif()
