# The rules for the scripts of this repository: those that PSScriptAnalyzer has on by default, less these.
@{
    ExcludeRules = @(
        # Every script here is UTF-8 without a byte order mark, which PowerShell 7 reads as it is.
        'PSUseBOMForUnicodeEncodedFile'

        # It does not look into functions and script blocks, where the parameters of these scripts are used.
        'PSReviewUnusedParameter'
    )
}
