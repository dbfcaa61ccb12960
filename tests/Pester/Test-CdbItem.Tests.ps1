BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream temperature
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Test-CdbItem' {
    It 'is true for <_>' -ForEach 'me', 'me/user', 'me/user/temperature' {
        Test-CdbItem $_ | Should -BeTrue
    }

    It 'is false for <_>' -ForEach 'you', 'me/nothing', 'me/user/nothing', 'me/nothing/a', 'not a name', 'a/b/c/d/e' {
        Test-CdbItem $_ | Should -BeFalse
    }

    It 'accepts short paths' {
        Test-CdbItem temperature | Should -BeTrue
        Test-CdbItem user/temperature | Should -BeTrue
        Test-CdbItem user | Should -BeTrue
        Test-CdbItem nothing | Should -BeFalse
        Test-CdbItem user/temperature -Kind Stream | Should -BeTrue
        Test-CdbItem temperature -Kind Device | Should -BeFalse
        Test-CdbItem temperature -Kind Stream | Should -BeTrue
        Test-CdbItem user -Kind Device | Should -BeTrue
    }

    It 'returns a result for each path of the pipeline' {
        'me', 'you' | Test-CdbItem | Should -Be @($true, $false)
        & { Get-CdbStream temperature; Get-CdbDevice user; Get-CdbUser me } | Test-CdbItem | Should -Be @($true, $true, $true)
        Test-CdbItem (Get-CdbStream temperature) | Should -BeTrue
    }
}
