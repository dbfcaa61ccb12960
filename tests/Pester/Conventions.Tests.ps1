Describe 'The table of cmdlets and conventions' {
    It 'is that of the built module' {
        { & "$PSScriptRoot/../../tools/Conventions.ps1" -Module ($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1") -Check } | Should -Not -Throw
    }
}
