// Package ident reads and makes the identifiers of persons and organizations:
//
//	resident ID number            公民身份号码           GB 11643-1999 (18), GB 11643-1989 (15)
//	residence permit              港澳台居民居住证        as GB 11643, region 810000, 820000, 830000
//	permanent residence card      外国人永久居留身份证     since 2023 as GB 11643, before 15 characters
//	disability certificate        残疾人证               a resident ID number, type and degree
//	unified social credit code    统一社会信用代码         GB 32100-2015
//	organization code             组织机构代码            GB 11714-1997
//	registration number           工商注册号              GS15-2006, before 13 digits
//	tax number                    纳税人识别号            before and after 2015
//	electronic certificate        电子证照标识            GB/T 36904-2018
//	real-estate unit              不动产单元代码          GB/T 37346-2018
//	component, grid cell          城市部件, 单元网格       GB/T 30428
//	passports, permits, others    护照, 通行证等          forms.tsv, a table that a city can replace
//
// A parser takes the bytes of a cell and gives the identifier in its canonical form, or a [Reason]
// of a closed list:
//
//	cell ──fold──▶ half width, upper case, no blanks ──▶ length, characters, check digit, date ──▶ value
//	                                                              └─▶ Reason
//
// Folding changes how a character is written, never which character it is: a number whose check digit fails is
// reported and stays as it is. Parsers do not allocate, keep nothing of the cell, and are safe from any number of
// goroutines. What depends on tables or on the day (is the region listed, is the birth in the future) is for the
// caller: see jiku/schemas/codes.
//
// Identifiers without a check digit have a form only. [Forms] is the table of those forms; what was not seen in a
// public text is marked R there and is for each city to confirm. [Forms.Classify] says what a number of an unlabelled
// column can be, [Column] what the whole column is.
//
// Repairs (RepairUSCC, RestoreOrgCode) are for feeds that declare them: they need a check digit to agree, and are
// marked in the value.
//
// Values redact themselves in fmt, JSON and text encodings; Reveal and AppendTo are the two ways to the characters.
package ident
