BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream temperature -Nickname 'Office' -Schema number
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Set-CdbStream' {
    It 'changes what is given and keeps the rest' {
        Set-CdbStream temperature -Description 'By the window'
        $stream = Get-CdbStream temperature
        $stream.Description | Should -Be 'By the window'
        $stream.Nickname | Should -Be 'Office'
    }

    It 'takes streams from the pipeline and gives them back with -PassThru' {
        (Get-CdbStream temperature | Set-CdbStream -Icon 'thermometer' -PassThru).Icon | Should -Be 'thermometer'
    }

    It 'checks new values by a new schema' {
        'warm' | Add-CdbDatapoint temperature -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems.Count | Should -Be 1
        Set-CdbStream temperature -Schema '{}'
        'warm' | Add-CdbDatapoint temperature
        (Get-CdbDatapoint temperature -Last 1).Data | Should -Be 'warm'
    }

    It 'does nothing with -WhatIf' {
        Set-CdbStream temperature -Nickname 'Ghost' -WhatIf
        (Get-CdbStream temperature).Nickname | Should -Be 'Office'
    }

    It 'names the stream that is not there' {
        { Set-CdbStream nothing -Nickname x -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }

    It 'empties a property and changes a flag' {
        (Set-CdbStream temperature -Description '' -PassThru).Description | Should -BeExactly ''
        (Set-CdbStream temperature -Downlink -PassThru).Downlink | Should -BeTrue
        (Set-CdbStream temperature -Downlink:$false -PassThru).Downlink | Should -BeFalse
    }
}
