Describe 'Set-CdbDevice <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
        $null = New-CdbDevice pi -Nickname 'Shelf' -Description 'old'
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'changes the given properties and keeps the others' {
        Set-CdbDevice pi -Description 'new'
        (Get-CdbDevice pi).Description | Should -Be 'new'
        (Get-CdbDevice pi).Nickname | Should -Be 'Shelf'
    }

    It 'changes flags in both directions' {
        Set-CdbDevice pi -Enabled:$false -Visible:$false
        (Get-CdbDevice pi).Enabled | Should -BeFalse
        Set-CdbDevice pi -Enabled
        (Get-CdbDevice pi).Enabled | Should -BeTrue
        (Get-CdbDevice pi).Visible | Should -BeFalse
    }

    It 'sets a chosen key' {
        Set-CdbDevice pi -ApiKey 'a-key-of-my-own-choice'
        Connect-Cdb -Path $store -ApiKey 'a-key-of-my-own-choice' | Disconnect-Cdb
    }

    It 'rejects a short key without printing it' {
        $problem = { Set-CdbDevice pi -ApiKey 'short' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -PassThru
        "$problem" | Should -Not -Match "'short'"
    }

    It 'returns the device with -PassThru' {
        (Set-CdbDevice pi -Public -PassThru).Public | Should -BeTrue
    }

    It 'does nothing with -WhatIf' {
        Set-CdbDevice pi -Nickname 'Ghost' -WhatIf
        (Get-CdbDevice pi).Nickname | Should -Be 'Shelf'
    }
}
