# Run by ctest: a field added to nodes.json, and nothing else, appears in everything that is generated; an error there stops the
# generator with a sentence.
#   cmake -DGENERATOR=… -DMODEL=<source>/model -DWORK=<scratch folder> -P check_one_edit.cmake
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK}/model)
file(COPY ${MODEL}/vocabulary.json ${MODEL}/units.toml DESTINATION ${WORK}/model)
file(READ ${MODEL}/nodes.json nodes)

string(REPLACE "\"bigsmiles\": {" "\"melting_sound\": {\"type\": \"text\", \"description\": \"Sound on melting.\"},\n        \"bigsmiles\": {" edited
               "${nodes}")
file(WRITE ${WORK}/model/nodes.json "${edited}")
execute_process(COMMAND ${GENERATOR} ${WORK}/model ${WORK}/out COMMAND_ERROR_IS_FATAL ANY)
foreach(output IN ITEMS model/tables.hpp:MeltingSound model/node_tables.cpp:melting_sound model/schema.cpp:melting_sound
                        web/src/generated/model.ts:melting_sound docs/reference/model.md:melting_sound
                        cript/nodes.hpp:melting_sound client/nodes.cpp:melting_sound)
  string(REGEX MATCH "^([^:]+):(.+)$" _ ${output})
  file(READ ${WORK}/out/${CMAKE_MATCH_1} text)
  if(NOT text MATCHES "${CMAKE_MATCH_2}")
    message(FATAL_ERROR "the new field is missing in ${CMAKE_MATCH_1}")
  endif()
endforeach()

string(REPLACE "\"target\": \"Process\"" "\"target\": \"Proces\"" broken "${nodes}")
file(WRITE ${WORK}/model/nodes.json "${broken}")
execute_process(COMMAND ${GENERATOR} ${WORK}/model ${WORK}/out RESULT_VARIABLE failed ERROR_VARIABLE sentence)
if(NOT failed OR NOT sentence MATCHES "Proces: there is no such node type")
  message(FATAL_ERROR "a link to an unknown node type should have been refused, but: ${sentence}")
endif()
