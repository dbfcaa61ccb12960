BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Remove-CdbStream' {
    BeforeEach {
        $null = New-CdbStream old -ErrorAction SilentlyContinue
        1 | Add-CdbDatapoint old
    }

    It 'removes the stream with its datapoints' {
        Remove-CdbStream old -Confirm:$false
        Test-CdbItem 'me/user/old' | Should -BeFalse
        $null = New-CdbStream old
        Get-CdbDatapoint old | Should -BeNullOrEmpty
    }

    It 'accepts streams from the pipeline' {
        Get-CdbStream ol* | Remove-CdbStream -Confirm:$false
        Test-CdbItem 'me/user/old' | Should -BeFalse
    }

    It 'removes nothing with -WhatIf' {
        Remove-CdbStream old -WhatIf
        Test-CdbItem 'me/user/old' | Should -BeTrue
    }

    It 'reports a stream that does not exist' {
        { Remove-CdbStream nothing -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }

    It 'removes only the datapoints of the downlink with -Downlink' {
        $null = New-CdbDevice lamp -Stream @{ on = @{ schema = 'boolean'; downlink = $true } }
        $true | Add-CdbDatapoint lamp/on
        Remove-CdbStream lamp/on -Downlink -Confirm:$false
        Get-CdbDatapoint lamp/on -Downlink | Should -BeNullOrEmpty
        Test-CdbItem lamp/on | Should -BeTrue
    }
}
