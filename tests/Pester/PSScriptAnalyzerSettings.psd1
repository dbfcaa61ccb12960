# The rules for the tests: those of the repository, less these.
@{
    ExcludeRules = @(
        # As in the settings of the repository.
        'PSUseBOMForUnicodeEncodedFile'
        'PSReviewUnusedParameter'

        # A variable of BeforeAll is used in the It blocks, and one of BeforeDiscovery in -ForEach.
        'PSUseDeclaredVarsMoreThanAssignments'

        # The passwords of tests are no secrets.
        'PSAvoidUsingConvertToSecureStringWithPlainText'

        # The cases of a test are the texts that a user types.
        'PSAvoidUsingInvokeExpression'

        # The script of a sink runs outside its test and hands values back through a global variable.
        'PSAvoidGlobalVars'

        # Functions stand in for cmdlets that only Windows has, and prepare what a test needs.
        'PSAvoidOverwritingBuiltInCmdlets'
        'PSUseShouldProcessForStateChangingFunctions'
    )
}
