Describe 'Remove-CdbDevice <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    BeforeEach { $null = New-CdbDevice pi -Stream @{ temperature = @{} } -ErrorAction SilentlyContinue }

    It 'removes the device with its streams' {
        Remove-CdbDevice pi -Confirm:$false
        Test-CdbItem 'me/pi' | Should -BeFalse
        Test-CdbItem 'me/pi/temperature' | Should -BeFalse
    }

    It 'accepts devices from the pipeline' {
        Get-CdbDevice pi | Remove-CdbDevice -Confirm:$false
        Test-CdbItem 'me/pi' | Should -BeFalse
    }

    It 'removes nothing with -WhatIf' {
        Remove-CdbDevice pi -WhatIf
        Test-CdbItem 'me/pi' | Should -BeTrue
    }

    It 'does not remove the user device' {
        { Remove-CdbDevice user -Confirm:$false -ErrorAction Stop } | Should -Throw
        Test-CdbItem 'me/user' | Should -BeTrue
    }
}
