BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbTransform' {
    It 'lists all, each with a description' {
        $all = Get-CdbTransform
        $all.Count | Should -BeGreaterOrEqual 65
        $all | Where-Object { -not $_.Description -or -not $_.Examples } | Should -BeNullOrEmpty
    }

    It 'describes arguments and examples' {
        $map = Get-CdbTransform map
        $map.Arguments.Count | Should -Be 2
        $map.Examples | Should -Not -BeNullOrEmpty
    }

    It 'accepts wildcards' {
        (Get-CdbTransform 'm*').Name | Should -Contain 'mean'
        (Get-CdbTransform mean, sum).Name | Should -Be @('mean', 'sum')
        ('count' | Get-CdbTransform).Name | Should -Be 'count'
        Get-CdbTransform 'zz*' | Should -BeNullOrEmpty
    }

    It 'needs no connection' {
        Get-CdbConnection | Disconnect-Cdb
        (Get-CdbTransform sum).Name | Should -Be 'sum'
        $null = Connect-Cdb -Path $store
    }

    It 'reports an unknown transform' {
        { Get-CdbTransform nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }

    It 'completes <Line> to <Expected>' -ForEach @(
        @{ Line = "Get-CdbDatapoint a -Transform 'if `$ > 2 | coun"; Expected = "'if `$ > 2 | count'" }
        @{ Line = 'Get-CdbDatapoint a -Transform coun'; Expected = 'count' }
        @{ Line = '1 | Invoke-CdbTransform "mean:coun'; Expected = '"mean:count"' }
        @{ Line = 'Get-CdbInterpolator clo'; Expected = 'closest' }
        @{ Line = 'Invoke-CdbDataset temperature:clo'; Expected = 'temperature:closest' }
    ) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Should -Be $Expected
    }
}
